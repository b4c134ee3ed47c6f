"""The documents that are sealed."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from typing import get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.rules.documents import Answers, Person, age_on

words = st.text(max_size=60)
codes = st.lists(st.text("abc-123", min_size=1, max_size=8), max_size=4).map(tuple)
scores = st.none() | st.integers(0, 10)
OF_TYPE = {str: words, tuple[str, ...]: codes, int | None: scores}


def documents(kind):
    hints = get_type_hints(kind)
    return st.builds(kind, **{field.name: OF_TYPE[hints[field.name]] for field in dataclasses.fields(kind)})


@given(documents(Person) | documents(Answers))
def test_what_is_written_reads_back_equal(document):
    assert type(document).from_bytes(document.to_bytes()) == document


def test_a_document_of_an_older_release_takes_defaults_and_drops_what_is_gone():
    stored = json.dumps({"full_name": "Test Patient 01", "birth_date": "1980-01-07", "fax": "gone"}).encode()
    assert Person.from_bytes(stored) == Person("Test Patient 01", "1980-01-07")


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b'"text"', b"\xff"])
def test_other_bytes_are_refused(raw):
    with pytest.raises((ValueError, TypeError)):
        Person.from_bytes(raw)


@pytest.mark.parametrize(
    ("scores", "peg"),
    [((7, 8, 6), 7.0), ((1, 1, 0), 0.7), ((10, 10, 10), 10.0), ((0, 0, 0), 0.0), ((7, None, 6), None)],
)
def test_peg_is_the_mean_of_three_answers_to_one_decimal(scores, peg):
    pain, enjoyment, activity = scores
    assert Answers("migraine", pain=pain, enjoyment=enjoyment, activity=activity).peg == peg


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        ("2008-11-23", "2026-11-22", 17),
        ("2008-11-22", "2026-11-22", 18),
        ("2008-02-29", "2026-02-28", 17),
        ("2008-02-29", "2026-03-01", 18),
    ],
)
def test_age_turns_on_the_birthday(born, day, age):
    assert age_on(dt.date.fromisoformat(born), dt.date.fromisoformat(day)) == age


def test_a_changed_copy_leaves_the_first_as_it_was():
    first = Person("Test Patient 01", "1980-01-07")
    assert first.changed(phone="+14805550101").phone == "+14805550101"
    assert first.phone == ""
