"""The promised reply: business days of the clinic, in its own zone."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.rules.reply_by import LONGEST_CLOSURE, OFFICE_HOURS, Calendar, reply_by

PHOENIX = Calendar("America/Phoenix")
NEW_YORK = Calendar("America/New_York", state="NY")
# Hypothesis adds the zone itself.
FIRST, LAST = dt.datetime(2024, 1, 1), dt.datetime(2032, 1, 1)  # noqa: DTZ001


def at(zone: str, text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


def phoenix(text: str) -> dt.datetime:
    return at("America/Phoenix", text)


@pytest.mark.parametrize(
    ("received", "days", "promised"),
    [
        ("2026-03-02 10:00", 1, "2026-03-03 17:00"),
        ("2026-03-02 10:00", 2, "2026-03-04 17:00"),
        ("2026-03-05 10:00", 2, "2026-03-09 17:00"),
        ("2026-03-06 18:30", 1, "2026-03-09 17:00"),
        ("2026-03-07 09:00", 2, "2026-03-10 17:00"),
        ("2026-03-08 23:59", 1, "2026-03-09 17:00"),
    ],
    ids=["next day", "two days", "over a weekend", "friday evening", "on a saturday", "sunday night"],
)
def test_the_day_of_receipt_and_weekends_do_not_count(received, days, promised):
    assert reply_by(phoenix(received), PHOENIX, days) == phoenix(promised)


@pytest.mark.parametrize(
    ("received", "promised"),
    [
        ("2026-11-25 09:00", "2026-11-27 17:00"),  # Thanksgiving
        ("2026-07-02 09:00", "2026-07-06 17:00"),  # July 4 on a Saturday, kept on Friday July 3
        ("2026-12-31 09:00", "2027-01-04 17:00"),  # New Year, then a weekend
    ],
)
def test_public_holidays_do_not_count(received, promised):
    assert reply_by(phoenix(received), PHOENIX, 1) == phoenix(promised)


def test_closures_do_not_count_both_ends_included():
    closed = Calendar("America/Phoenix", closures=((dt.date(2026, 3, 3), dt.date(2026, 3, 5)),))
    assert reply_by(phoenix("2026-03-02 10:00"), closed, 1) == phoenix("2026-03-06 17:00")


def test_the_day_is_the_clinics_day_not_utcs():
    # Eleven at night on Monday in Phoenix is Tuesday in UTC.
    late = phoenix("2026-03-02 23:00").astimezone(dt.UTC)
    assert late.date() == dt.date(2026, 3, 3)
    assert reply_by(late, PHOENIX, 1) == phoenix("2026-03-03 17:00")


@pytest.mark.parametrize(
    ("received", "promised", "utc_hour"),
    [("2026-03-06 12:00", "2026-03-09 17:00", 21), ("2026-10-30 12:00", "2026-11-02 17:00", 22)],
    ids=["clocks go forward", "clocks go back"],
)
def test_the_office_closes_at_the_same_wall_time_across_a_clock_change(received, promised, utc_hour):
    made = reply_by(at("America/New_York", received), NEW_YORK, 1)
    assert made == at("America/New_York", promised)
    assert made.astimezone(dt.UTC).hour == utc_hour


def test_a_day_ends_with_its_last_stretch():
    hours = {0: ((dt.time(8), dt.time(12)), (dt.time(13), dt.time(16, 30)))}
    mondays = Calendar("America/Phoenix", hours=hours)
    assert reply_by(phoenix("2026-03-03 10:00"), mondays, 1) == phoenix("2026-03-09 16:30")


def test_a_clinic_closed_for_good_still_gives_a_place_in_the_queue():
    received = phoenix("2026-03-02 10:00")
    assert reply_by(received, Calendar("America/Phoenix", hours={}), 2) == received + LONGEST_CLOSURE


def test_less_than_a_day_is_a_day():
    received = phoenix("2026-03-02 10:00")
    assert reply_by(received, PHOENIX, 0) == reply_by(received, PHOENIX, 1)


@given(
    received=st.datetimes(FIRST, LAST, timezones=st.just(dt.UTC)),
    days=st.integers(1, 10),
)
def test_a_promise_is_at_closing_time_of_a_later_business_day(received, days):
    promised = reply_by(received, NEW_YORK, days)
    local = promised.astimezone(ZoneInfo("America/New_York"))
    first, last = received.astimezone(local.tzinfo).date(), local.date()
    between = [first + dt.timedelta(days=n) for n in range(1, (last - first).days + 1)]
    assert sum(NEW_YORK.is_business_day(day) for day in between) == days
    assert NEW_YORK.is_business_day(last)
    assert local.time() == OFFICE_HOURS[last.weekday()][-1][1]


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2026-03-02 08:00", True),
        ("2026-03-02 07:59", False),
        ("2026-03-02 16:59", True),
        ("2026-03-02 17:00", False),
        ("2026-03-07 10:00", False),
        ("2026-11-26 10:00", False),
    ],
)
def test_open_from_the_first_minute_to_the_last(moment, is_open):
    assert PHOENIX.is_open(phoenix(moment)) is is_open


def test_closed_at_lunch_when_the_hours_say_so():
    hours = {0: ((dt.time(8), dt.time(12)), (dt.time(13), dt.time(17)))}
    calendar = Calendar("America/Phoenix", hours=hours)
    assert calendar.is_open(phoenix("2026-03-02 11:59"))
    assert not calendar.is_open(phoenix("2026-03-02 12:30"))
    assert calendar.is_open(phoenix("2026-03-02 13:00"))


def test_a_state_that_does_not_exist_still_has_the_federal_holidays():
    nowhere = Calendar("America/Phoenix", state="ZZ")
    assert not nowhere.is_business_day(dt.date(2026, 12, 25))
    assert nowhere.is_business_day(dt.date(2026, 12, 22))
