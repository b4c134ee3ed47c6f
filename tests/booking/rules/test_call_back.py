"""When to call again: clinic time, never in the past, at most thirty days ahead."""

from __future__ import annotations

import datetime as dt

import pytest

from booking.rules.call_back import CallAgain, call_back_at, why_not_then

# Nine in the evening of November 30 in Phoenix: in London it is December already.
NOW = dt.datetime(2026, 12, 1, 4, tzinfo=dt.UTC)
ZONE = "America/Phoenix"


@pytest.mark.parametrize(
    ("choice", "day", "at"),
    [(CallAgain.SOON, None, "2026-12-01T06:00Z"), (CallAgain.MORNING, None, "2026-12-01T16:00Z"),
     (CallAgain.AFTERNOON, None, "2026-12-01T21:00Z"),
     (CallAgain.DATE, dt.date(2026, 12, 7), "2026-12-07T16:00Z")],
)  # fmt: skip
def test_each_choice_is_a_time_at_the_clinic(choice: CallAgain, day: dt.date | None, at: str) -> None:
    assert call_back_at(choice, day, NOW, ZONE) == dt.datetime.fromisoformat(at)


@pytest.mark.parametrize(
    ("after", "words"),
    [(dt.timedelta(0), "is over"), (dt.timedelta(days=-1), "is over"), (dt.timedelta(minutes=1), ""),
     (dt.timedelta(days=30), ""), (dt.timedelta(days=30, seconds=1), "next 30 days")],
)  # fmt: skip
def test_what_is_over_or_too_far_off_is_refused(after: dt.timedelta, words: str) -> None:
    sentence = why_not_then(NOW + after, NOW)
    assert words in sentence and bool(words) == bool(sentence)
