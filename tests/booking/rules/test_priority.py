"""The suggested priority and its reasons."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.rules.documents import Answers
from booking.rules.priority import PRIORITY_OF, Priority, implied, suggest
from booking.rules.safety import BY_CODE, Level


def told(*codes: str, **answers: object) -> Answers:
    return Answers(**{"topic": "other", "safety": codes} | answers)


@pytest.mark.parametrize(
    ("codes", "medicine_days", "priority", "reasons"),
    [
        ((), None, Priority.ROUTINE, ()),
        ((), 9, Priority.ROUTINE, ()),
        ((), 10, Priority.SOON, ("HD-8",)),
        (("HD-8",), 20, Priority.SOON, ("HD-8",)),
        (("HD-7", "ALL-6"), None, Priority.SOON, ("HD-7", "ALL-6")),
        (("HD-4",), None, Priority.SAME_DAY, ("HD-4",)),
        (("HD-7", "HD-4"), 15, Priority.SAME_DAY, ("HD-4", "HD-7", "HD-8")),
        (("HD-7", "HD-4", "HD-1"), None, Priority.SAME_DAY, ("HD-1", "HD-4", "HD-7")),
        (("HD-1",), None, Priority.SAME_DAY, ("HD-1",)),
        (("GONE-1",), None, Priority.ROUTINE, ()),
    ],
)
def test_suggestion(codes, medicine_days, priority, reasons):
    made = suggest(told(*codes, medicine_days=medicine_days))
    assert (made.priority, made.reasons) == (priority, reasons)


def test_a_mouth_that_opens_less_than_two_fingers_counts_as_the_sign():
    made = suggest(told(jaw_opening="under-two"))
    assert (made.priority, made.reasons) == (Priority.SAME_DAY, ("JW-1",))
    assert suggest(told("JW-1", jaw_opening="under-two")).reasons == ("JW-1",)
    assert suggest(told(jaw_opening="two")).priority == Priority.ROUTINE


def test_what_other_answers_imply_is_a_question_of_the_set():
    assert set(implied(31, "under-two")) == {"JW-1", "HD-8"} <= set(BY_CODE)


def test_every_level_leads_to_a_priority_the_most_urgent_first():
    assert list(PRIORITY_OF) == list(Level)
    order = [list(Priority).index(priority) for priority in PRIORITY_OF.values()]
    assert order == sorted(order)


@given(st.lists(st.sampled_from(sorted(BY_CODE)), unique=True), st.none() | st.integers(0, 31))
def test_the_most_urgent_answer_decides(codes, medicine_days):
    levels = {BY_CODE[code].level for code in codes}
    made = suggest(told(*codes, medicine_days=medicine_days))
    if levels & {Level.EMERGENCY, Level.SAME_DAY}:
        assert made.priority == Priority.SAME_DAY
    elif levels or (medicine_days or 0) >= 10:
        assert made.priority == Priority.SOON
    else:
        assert made.priority == Priority.ROUTINE
    assert bool(made.reasons) == (made.priority != Priority.ROUTINE)


ANYTHING = {
    "topic": st.sampled_from(["migraine", "tension-headache", "back-pain", "tmj", "other"]),
    "duration": st.sampled_from(["weeks", "months", "years", "unsure", ""]),
    "health": st.lists(st.sampled_from(["swallowing", "pregnancy", "bleeding"]), unique=True).map(tuple),
    "last_toxin": st.sampled_from(["never", "recent", "earlier", ""]),
    "features": st.sampled_from([(), ("injury",)]),
}


@given(
    st.lists(st.sampled_from(sorted(BY_CODE)), unique=True),
    st.sampled_from(sorted(BY_CODE)),
    st.fixed_dictionaries(ANYTHING),
    st.none() | st.integers(18, 99),
)
def test_one_more_answer_never_makes_it_less_urgent(codes, another, answers, age):
    order = list(Priority)
    after, before = (suggest(told(*checked, **answers), age) for checked in ([*codes, another], codes))
    assert order.index(after.priority) <= order.index(before.priority)
