"""The calendar of a clinic whose clocks are changed: Denver, in 2026 on March 8 and November 1."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client

from booking import actions
from booking.models import Absence, Schedule, Visit, WorkingHours
from booking.rules.statuses import Status
from booking.rules.transitions import Verb
from tests.booking.admin.conftest import page, seen
from tests.booking.admin.visits.test_schedules import form_data
from tests.factories import everybody, make_clinician, make_request
from treatments.models import Clinic, Clinician

pytestmark = pytest.mark.django_db
DENVER = ZoneInfo("America/Denver")
# Wednesdays before the two Sundays.
MARCH, OCTOBER = dt.datetime(2026, 3, 4, 18, tzinfo=dt.UTC), dt.datetime(2026, 10, 28, 18, tzinfo=dt.UTC)
CALENDAR = "/admin/booking/visit/"


@pytest.fixture
def night(db: None) -> Clinician:
    """Somebody who works from one to four in the night, on Sundays and Mondays."""
    Clinic.objects.create(
        name="A clinic",
        phone="+13035550100",
        emergency_line="Call 911.",
        time_zone="America/Denver",
        state="CO",
    )
    clinician = make_clinician()
    plan = Schedule.objects.create(clinician=clinician)
    for weekday in (6, 0):
        WorkingHours.objects.create(schedule=plan, weekday=weekday, starts=dt.time(1), ends=dt.time(4))
    return clinician


@pytest.fixture
def autumn(night: Clinician) -> Iterator[Clinician]:
    with time_machine.travel(OCTOBER, tick=False):
        yield night


@pytest.fixture
def spring(night: Clinician) -> Iterator[Clinician]:
    with time_machine.travel(MARCH, tick=False):
        yield night


def offered(client: Client, week: int) -> list[str]:
    made = make_request(Status.IN_REVIEW)
    text = client.get(page(made, Verb.BOOK_TIME), {"week": week}).text
    return re.findall(r'name="time" value="\d+/([^"]+)"', text)


def test_the_hour_that_comes_twice_is_offered_and_booked_twice(nurse: Client, autumn: Clinician) -> None:
    assert offered(nurse, 0) == [
        "2026-11-01T01:00:00-06:00", "2026-11-01T01:00:00-07:00", "2026-11-01T02:00:00-07:00",
        "2026-11-01T03:00:00-07:00",
    ]  # fmt: skip
    for offset in ("-06:00", "-07:00"):
        made = make_request(Status.IN_REVIEW)
        sent = seen(made, time=f"{autumn.pk}/2026-11-01T01:00:00{offset}")
        assert nurse.post(page(made, Verb.BOOK_TIME), sent).status_code == 302
    first, second = Visit.objects.order_by("starts_at")
    assert first.ends_at == second.starts_at == dt.datetime(2026, 11, 1, 8, tzinfo=dt.UTC)
    assert offered(nurse, 0) == ["2026-11-01T02:00:00-07:00", "2026-11-01T03:00:00-07:00"]
    text = nurse.get(CALENDAR, {"day": "2026-11-01"}).text
    assert re.findall(r"block--(left|right)", text) == ["left", "right"], "both can be read"


def test_the_hour_that_is_skipped_is_offered_to_nobody(nurse: Client, spring: Clinician) -> None:
    assert offered(nurse, 0) == ["2026-03-08T01:00:00-07:00", "2026-03-08T03:00:00-06:00"]
    made = make_request(Status.IN_REVIEW)
    # Half past two is no time of that night: written so, it is half past three.
    sent = seen(made, time=f"{spring.pk}/2026-03-08T02:30:00-07:00")
    assert nurse.post(page(made, Verb.BOOK_TIME), sent).status_code == 409
    assert not Visit.objects.exists()


@pytest.mark.parametrize(("now", "week", "hour"), [(MARCH, 1, 7), (OCTOBER, 1, 8)])
def test_the_day_after_begins_by_the_clock_on_the_wall(
    nurse: Client, night: Clinician, now: dt.datetime, week: int, hour: int
) -> None:
    with time_machine.travel(now, tick=False):
        first = dt.datetime.fromisoformat(offered(nurse, week)[0])
        assert (first.weekday(), first.hour, first.astimezone(dt.UTC).hour) == (0, 1, hour)
        booked = actions.book_time(make_request(), night, first, by=everybody())
        text = nurse.get(CALENDAR, {"view": "week", "day": first.date().isoformat()}).text
    assert re.search(rf"<b>1:00</b>\s+T\. P\. \d+ {booked.reference[:5]}", text)


@pytest.mark.parametrize(("start", "rows"), [("2026-03-08T02:30", 0), ("2026-03-08T03:30", 1)])
def test_an_absence_from_a_time_that_does_not_exist_is_refused(
    reception: Client, spring: Clinician, start: str, rows: int
) -> None:
    address = f"/admin/booking/schedule/{spring.pk}/change/"
    typed = {
        "absences-0-kind": "away",
        "absences-0-starts_at": start,
        "absences-0-ends_at": "2026-03-08T05:00",
    }
    answer = reception.post(address, {**form_data(reception.get(address)), **typed})
    assert Absence.objects.count() == rows
    assert ("may not exist" in answer.text) == (not rows)
