"""The calendar opens where there is something to see: never on a week that is over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
import time_machine
from django.test import Client

from booking.models import Schedule, WorkingHours
from booking.rules.roles import Role
from tests.factories import make_clinician
from treatments.models import Clinic, Closure, OpeningHours

pytestmark = pytest.mark.django_db
CALENDAR = "/admin/booking/visit/"
THIS_WEEK, NEXT_WEEK = "November 30 to December 4, 2026", "December 7 to 11, 2026"


def phoenix(day: int, hour: int) -> dt.datetime:
    """Return an hour of a day of December 2026 on the clinic's clock (UTC-7): the 4th is a Friday."""
    return dt.datetime(2026, 12, day, tzinfo=dt.UTC) + dt.timedelta(hours=hour + 7)


@pytest.fixture(autouse=True)
def clinic(db: None) -> Clinic:
    made = Clinic.objects.create(name="A clinic", phone="+14805550100", emergency_line="Call 911.")
    for weekday in range(5):
        OpeningHours.objects.create(clinic=made, weekday=weekday, opens=dt.time(8), closes=dt.time(17))
    return made


def heading(as_role: Callable[..., Client], now: dt.datetime, **asked: str) -> str:
    with time_machine.travel(now, tick=False):
        return str(as_role(Role.NURSE).get(CALENDAR, asked).context["heading"])


@pytest.mark.parametrize(
    ("day", "hour", "week"),
    [
        (3, 12, THIS_WEEK),
        (4, 16, THIS_WEEK),
        (4, 18, NEXT_WEEK),
        (5, 10, NEXT_WEEK),
        (6, 10, NEXT_WEEK),
        (6, 23, NEXT_WEEK),
        (7, 0, NEXT_WEEK),
    ],
)
def test_a_week_that_is_over_gives_way_to_the_one_that_comes(
    day: int, hour: int, week: str, as_role: Callable[..., Client]
) -> None:
    make_clinician()
    assert heading(as_role, phoenix(day, hour), view="week") == week


def test_a_day_without_hours_gives_way_to_the_next_with_some(as_role: Callable[..., Client]) -> None:
    make_clinician()
    assert heading(as_role, phoenix(4, 18)) == "Friday, December 4, 2026"
    assert heading(as_role, phoenix(6, 10)) == "Monday, December 7, 2026"


def test_what_is_asked_for_is_shown(as_role: Callable[..., Client]) -> None:
    make_clinician()
    assert heading(as_role, phoenix(6, 10), day="2026-12-06") == "Sunday, December 6, 2026"
    assert heading(as_role, phoenix(6, 10), day="2026-12-06", view="week") == THIS_WEEK


def test_hours_of_a_clinician_on_a_saturday_keep_the_week(as_role: Callable[..., Client]) -> None:
    plan = Schedule.objects.create(clinician=make_clinician())
    WorkingHours.objects.create(schedule=plan, weekday=5, starts=dt.time(9), ends=dt.time(12))
    this_week = "November 30 to December 5, 2026"
    assert heading(as_role, phoenix(4, 18), view="week") == this_week
    assert heading(as_role, phoenix(5, 11), view="week") == this_week
    assert heading(as_role, phoenix(5, 13), view="week").startswith("December 7")


def test_a_closed_monday_is_not_the_first_day(clinic: Clinic, as_role: Callable[..., Client]) -> None:
    make_clinician()
    monday = dt.date(2026, 12, 7)
    Closure.objects.create(clinic=clinic, starts_on=monday, ends_on=monday)
    assert heading(as_role, phoenix(6, 10)) == "Tuesday, December 8, 2026"


def test_a_clinic_closed_for_long_opens_on_today(clinic: Clinic, as_role: Callable[..., Client]) -> None:
    make_clinician()
    Closure.objects.create(clinic=clinic, starts_on=dt.date(2026, 12, 5), ends_on=dt.date(2027, 6, 1))
    assert heading(as_role, phoenix(6, 10)) == "Sunday, December 6, 2026"
