"""How long offered times are held."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from booking.rules.offers import BEFORE_FIRST, HOLD_DAYS, held_until, is_warned_of
from booking.rules.reply_by import Calendar

PHOENIX = ZoneInfo("America/Phoenix")
CLOCK = Calendar("America/Phoenix")
FRIDAY = dt.datetime(2026, 12, 4, 15, tzinfo=PHOENIX)
FAR = FRIDAY + dt.timedelta(days=30)


@pytest.mark.parametrize(("days", "day"), list(zip(HOLD_DAYS, (7, 8, 9, 11), strict=True)))
def test_held_until_the_clinic_closes_on_a_business_day(days, day):
    assert held_until(FRIDAY, [FAR], CLOCK, days) == dt.datetime(2026, 12, day, 17, tzinfo=PHOENIX)


def test_never_held_into_the_first_of_the_times():
    first = FRIDAY + dt.timedelta(days=2)
    assert held_until(FRIDAY, [FAR, first], CLOCK, 5) == first - BEFORE_FIRST


def test_a_short_offer_needs_no_warning():
    assert not is_warned_of(FRIDAY, FRIDAY + dt.timedelta(hours=25))
    assert is_warned_of(FRIDAY, FRIDAY + dt.timedelta(hours=26))
