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
from booking.rules.questions import HalfDay

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


# What the first release sealed: every field it had, none of the later ones.
FIRST_PERSON = {
    "full_name": "Test Patient 01", "birth_date": "1980-01-07", "phone": "+14805550101", "email": "",
    "been_here": "new", "language": "en", "interpreter": "no", "channel": "phone", "leave_message": "yes",
    "days": ["mon", "fri"], "day_parts": ["am"], "access_needs": "", "payment": "insured",
}  # fmt: skip
FIRST_ANSWERS = {
    "topic": "migraine", "reason": "", "safety": ["HD-7"], "rules_version": "2026.1", "pain": 7,
    "enjoyment": 8, "activity": 6, "duration": "years", "headache_days": 19, "headache_hours": "over-4",
    "medicine_days": 4, "in_own_words": "", "tried": ["surgery"], "tried_other": "", "health": [],
    "last_toxin": "never", "allergies": "", "consent_version": "2026.1",
}  # fmt: skip


def test_documents_of_the_first_release_still_open():
    person = Person.from_bytes(json.dumps(FIRST_PERSON).encode())
    answers = Answers.from_bytes(json.dumps(FIRST_ANSWERS).encode())
    assert (person.who_for, person.no_email, person.asker_name) == ("self", "", "")
    assert (answers.where, answers.migraine_days, answers.referral) == ((), None, "")
    assert answers.peg == 7.0


@pytest.mark.parametrize(
    ("days", "parts", "times", "wished"),
    [
        (("mon", "fri"), ("am",), (), ("mon-am", "fri-am")),
        (("mon",), (), (), ("mon-am", "mon-pm")),
        ((), ("pm",), (), ("mon-pm", "tue-pm", "wed-pm", "thu-pm", "fri-pm")),
        ((), (), (), ()),
        (("mon",), ("am",), ("wed-pm",), ("wed-pm",)),
    ],
)
def test_days_and_parts_of_older_documents_are_read_as_half_days(days, parts, times, wished):
    person = Person("Test Patient 01", "1980-01-07", days=days, day_parts=parts, times=times)
    assert person.wished_times == wished
    assert set(wished) <= set(HalfDay.values)


@pytest.mark.parametrize(
    ("born", "who_for", "lacks"),
    [("2010-11-22", "self", True), ("2010-11-22", "adult", True), ("2010-11-22", "minor", False),
     ("1980-11-22", "self", False), ("1980-11-22", "adult", False)],
)  # fmt: skip
def test_a_patient_under_18_needs_a_parent_or_guardian(born, who_for, lacks):
    person = Person("Test Patient 01", born, who_for=who_for)
    assert person.lacks_guardian_on(dt.date(2026, 11, 22)) is lacks


def test_an_extension_is_no_part_of_the_number():
    person = Person("Test Patient 01", "1980-01-07", phone="+14805550101;ext=12")
    assert person.phone_number == "+14805550101"


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
