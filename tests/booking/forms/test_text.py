"""Text is tidied, bounded, and then stored as it is shown."""

from __future__ import annotations

import unicodedata

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from booking.forms.text import LongTextField, PlainTextField, tidy
from tests.booking.forms.bad_input import EMOJI, UNSEEN


@pytest.mark.parametrize("text", UNSEEN)
def test_text_without_anything_to_see_is_nothing(text: str) -> None:
    assert tidy(text) == ""


@pytest.mark.parametrize("text", [*EMOJI, "O'Brien", "Nguyễn", "Null", "李小龍", "نَفْس"])
def test_names_and_emoji_stay_as_they_are(text: str) -> None:
    assert tidy(text) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize(
    ("typed", "line", "lines"),
    [
        ("  a \t b ", "a b", "a b"),
        ("a\r\nb\rc\u2028d", "a b c d", "a\nb\nc\nd"),
        ("a\x00b\x1bc", "abc", "abc"),
        ("a\u202eb", "ab", "ab"),
        ("Jose\u0301", "Jos\u00e9", "Jos\u00e9"),
        ("a\n\n\nb", "a b", "a\n\n\nb"),
    ],
)
def test_breaks_and_unseen_characters(typed: str, line: str, lines: str) -> None:
    assert tidy(typed) == line
    assert tidy(typed, lines=True) == lines


@given(st.text())
def test_tidying_twice_changes_nothing_and_leaves_no_control(text: str) -> None:
    once = tidy(text, lines=True)
    assert tidy(once, lines=True) == once
    assert all(character == "\n" or unicodedata.category(character) != "Cc" for character in once)


def test_a_text_is_bounded_after_tidying() -> None:
    field = PlainTextField(max_length=3)
    assert field.clean(" abc\x00 ") == "abc"
    with pytest.raises(ValidationError, match="3 characters or fewer"):
        field.clean("abcd")


def test_a_line_break_counts_once_whatever_the_browser_sends() -> None:
    assert LongTextField(max_length=3).clean("a\r\nb") == "a\nb"


def test_a_bound_never_cuts_a_pasted_text() -> None:
    assert "maxlength" not in LongTextField(max_length=3).widget.attrs
