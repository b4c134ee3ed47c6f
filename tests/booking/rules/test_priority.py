"""The suggested priority and its reasons."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.rules.priority import Priority, implied, suggest
from booking.rules.safety import BY_CODE, Level


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
        (("HD-1",), None, Priority.SAME_DAY, ("HD-1",)),
        (("GONE-1",), None, Priority.ROUTINE, ()),
    ],
)
def test_suggestion(codes, medicine_days, priority, reasons):
    made = suggest(codes, medicine_days)
    assert (made.priority, made.reasons) == (priority, reasons)


def test_a_mouth_that_opens_less_than_two_fingers_counts_as_the_sign():
    made = suggest((), jaw_opening="under-two")
    assert (made.priority, made.reasons) == (Priority.SAME_DAY, ("JW-1",))
    assert suggest(("JW-1",), jaw_opening="under-two").reasons == ("JW-1",)
    assert suggest((), jaw_opening="two").priority == Priority.ROUTINE


def test_what_other_answers_imply_is_a_question_of_the_set():
    assert set(implied(31, "under-two")) == {"JW-1", "HD-8"} <= set(BY_CODE)


@given(st.lists(st.sampled_from(sorted(BY_CODE)), unique=True), st.none() | st.integers(0, 31))
def test_the_most_urgent_answer_decides(codes, medicine_days):
    levels = {BY_CODE[code].level for code in codes}
    made = suggest(codes, medicine_days)
    if levels & {Level.EMERGENCY, Level.SAME_DAY}:
        assert made.priority == Priority.SAME_DAY
    elif levels or (medicine_days or 0) >= 10:
        assert made.priority == Priority.SOON
    else:
        assert made.priority == Priority.ROUTINE
    assert bool(made.reasons) == (made.priority != Priority.ROUTINE)


@given(st.lists(st.sampled_from(sorted(BY_CODE)), unique=True), st.sampled_from(sorted(BY_CODE)))
def test_one_more_answer_never_makes_it_less_urgent(codes, another):
    order = list(Priority)
    assert order.index(suggest([*codes, another]).priority) <= order.index(suggest(codes).priority)
