"""References that can be read out on the phone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.rules import reference
from booking.rules.reference import ALPHABET, LENGTH

references = st.builds(reference.new)
places = st.integers(0, LENGTH - 1)


@given(references)
def test_a_new_reference_reads_back_as_itself_however_it_is_typed(made):
    assert len(made) == LENGTH
    for typed in (made, made.lower(), reference.shown(made), f"  {made[:3]} {made[3:]} "):
        assert reference.parse(typed) == made


@given(references, places, st.sampled_from(ALPHABET))
def test_a_single_wrong_character_is_noticed(made, place, other):
    if other == made[place]:
        return
    assert reference.parse(made[:place] + other + made[place + 1 :]) is None


def test_letters_that_look_like_digits_are_read_as_them():
    made = next(r for r in iter(reference.new, None) if {"0", "1"} <= set(r))
    for zero, one in (("O", "I"), ("o", "l"), ("0", "i")):
        assert reference.parse(made.replace("0", zero).replace("1", one)) == made


@pytest.mark.parametrize(
    "typed", ["", "-", "12345", "U" * 10, "0" * 11, "é" * 10, "００００００００００", "0\x00" * 5]
)
def test_what_cannot_be_a_reference_is_none(typed):
    assert reference.parse(typed) is None


@given(st.text(max_size=40))
def test_any_text_is_either_a_whole_reference_or_none(typed):
    read = reference.parse(typed)
    assert read is None or (len(read) == LENGTH and set(read) <= set(ALPHABET))


def test_references_do_not_follow_each_other():
    made = {reference.new() for _ in range(200)}
    assert len(made) == 200
    assert len({one[0] for one in made}) > 10


def test_it_is_shown_in_two_halves():
    assert reference.shown("0123456789") == "01234-56789"
