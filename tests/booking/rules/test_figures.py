"""The ranges of the figures, and the clinic's clock."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from booking.rules.figures import Span, clock, monday
from booking.rules.reply_by import Calendar, reply_by

TODAY = dt.date(2026, 11, 25)  # a Wednesday


def test_the_present_week_is_the_last_of_so_many() -> None:
    span = Span.back(4, TODAY)
    assert (span.first, span.last) == (dt.date(2026, 11, 2), TODAY)
    assert span.weeks == [dt.date(2026, 11, day) for day in (2, 9, 16, 23)]


def test_own_dates_touch_weeks_that_begin_before_them() -> None:
    span = Span.between("2026-11-04", " 2026-11-10 ", TODAY)
    assert span.weeks == [dt.date(2026, 11, 2), dt.date(2026, 11, 9)]
    assert span.before == Span(dt.date(2026, 10, 28), dt.date(2026, 11, 3))


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [("", "2026-11-01", "both dates"), ("2026-02-30", "2026-11-01", "both dates"),
     ("11/01/2026", "2026-11-01", "both dates"), ("2026-11-02", "2026-11-01", "must not come after"),
     ("2019-12-31", "2026-11-01", "January 1, 2020"), ("2026-11-01", "2026-11-26", "January 1, 2020"),
     ("0001-01-01", "9999-12-31", "January 1, 2020"), ("2024-01-01", "2026-11-01", "at most 731 days")],
)  # fmt: skip
def test_dates_that_make_no_range_bring_a_sentence(first: str, last: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        Span.between(first, last, TODAY)


def test_a_range_begins_and_ends_by_the_clinics_clock_when_clocks_change() -> None:
    start, end = Span(dt.date(2026, 11, 1), dt.date(2026, 11, 1)).moments("America/New_York")
    assert end.timestamp() - start.timestamp() == 25 * 3600


def test_the_clock_counts_open_time_and_stands_still_on_closed_days() -> None:
    calendar = Calendar("America/Phoenix", closures=((dt.date(2026, 11, 24), dt.date(2026, 11, 24)),))
    days = clock(calendar, Span(dt.date(2026, 11, 20), TODAY), lambda at: reply_by(at, calendar, 1))
    hours = [(one.day.day, one.before / 3600, one.length / 3600) for one in days]
    assert hours == [(20, 0, 9), (21, 9, 0), (22, 9, 0), (23, 9, 9), (24, 18, 0), (25, 18, 9)]
    assert days[0].promise == dt.datetime(2026, 11, 23, 17, tzinfo=ZoneInfo("America/Phoenix"))


def test_weeks_begin_on_monday() -> None:
    assert monday(dt.date(2026, 11, 29)) == dt.date(2026, 11, 23)


@pytest.mark.parametrize(
    ("first", "last", "parts"),
    [("2026-11-09", "2026-11-25", ["09 7", "16 7", "23 7"]),
     ("2026-11-13", "2026-11-24", ["13 1", "14 1", "15 1", "16 7", "23 1", "24 1"]),
     ("2026-11-25", "2026-11-25", ["25 1"]), ("2026-11-23", "2026-11-25", ["23 7"])],
)  # fmt: skip
def test_a_span_is_whole_weeks_and_single_days(first: str, last: str, parts: list[str]) -> None:
    span = Span(dt.date.fromisoformat(first), dt.date.fromisoformat(last))
    assert [f"{day:%d} {days}" for day, days in span.parts(TODAY)] == parts
