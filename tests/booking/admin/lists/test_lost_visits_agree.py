"""SQL finds the visits to move that the rules of free times find, on drawn calendars."""

from __future__ import annotations

import datetime as dt
from random import Random
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from booking.admin.lists.unstaffed import visits_to_move
from booking.hours.clinicians import schedules
from booking.models import Absence, ConsultationRequest, Schedule, Visit, WorkingHours
from booking.models.visit import VisitState
from tests.factories import make_clinician, make_request
from treatments.clinic import clinic
from treatments.models import Clinic, Clinician, Closure

pytestmark = pytest.mark.django_db
QUARTER = dt.timedelta(minutes=15)


@pytest.mark.parametrize(
    ("zone", "now"),
    [
        ("America/Phoenix", "2026-12-31T23:50:00+00:00"),
        ("America/New_York", "2026-03-05T23:30:00+00:00"),
        ("Pacific/Auckland", "2026-03-30T06:00:00+00:00"),
    ],
)
def test_both_find_the_same_visits(zone: str, now: str, content: None) -> None:
    drawn = Random(zone)  # noqa: S311 (the same calendars each time)
    Clinic.objects.update(time_zone=zone)
    with time_machine.travel(now, tick=False), timezone.override(ZoneInfo(zone)):
        for _number in range(2):
            first = timezone.localdate() + dt.timedelta(days=drawn.randrange(20))
            Closure.objects.create(starts_on=first, ends_on=first + dt.timedelta(days=drawn.randrange(3)))
        clinic.forget()
        request = make_request()
        for number in range(6):
            clinician = make_clinician()
            if number:
                _keep_schedule(clinician, drawn, weekly=number > 1)
            _hold_times(request, clinician, drawn)
        plans, to_come = schedules(Clinician.objects.all()), Visit.objects.select_related("clinician")
        by_the_rules = {one.pk for one in to_come if not plans[one.clinician_id].works(one.span)}
        counted = set(visits_to_move(timezone.now()).values_list("pk", flat=True))
    assert 0 < len(by_the_rules) < len(to_come)
    assert by_the_rules == counted


def _keep_schedule(clinician: Clinician, drawn: Random, *, weekly: bool) -> None:
    schedule = Schedule.objects.create(clinician=clinician, takes_visits=drawn.random() > 0.2)
    if not weekly:
        return
    for weekday in drawn.sample(range(7), 4):
        starts = dt.time(drawn.randrange(20), drawn.choice([0, 15]))
        ends = dt.time(min(starts.hour + drawn.randrange(1, 6), 23), 45)
        WorkingHours.objects.create(schedule=schedule, weekday=weekday, starts=starts, ends=ends)
    away = timezone.now() + dt.timedelta(hours=drawn.randrange(500))
    until = away + dt.timedelta(hours=drawn.randrange(1, 40))
    Absence.objects.create(schedule=schedule, starts_at=away, ends_at=until, kind="vacation")


def _hold_times(request: ConsultationRequest, clinician: Clinician, drawn: Random) -> None:
    ends = timezone.now().replace(minute=0) + dt.timedelta(hours=1)
    for _number in range(40):
        starts = ends + QUARTER * drawn.randrange(4, 40)
        ends = starts + QUARTER * drawn.randrange(1, 8)
        Visit.objects.create(
            request=request, clinician=clinician, starts_at=starts, ends_at=ends,
            state=VisitState.HELD, held_until=starts,
        )  # fmt: skip
