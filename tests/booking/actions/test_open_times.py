"""Hours that grow open times for those who would come earlier."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

import pytest
import time_machine

from booking import actions
from booking.actions.open_times import MAX_TIMES, open_times
from booking.hours.clinicians import Plan, plans
from booking.models import Absence, FreedTime, Schedule, WorkingHours
from tests.factories import everybody, make_clinician, make_request
from treatments.models import Clinician

pytestmark = pytest.mark.django_db
# A Monday at half past nine in the morning in Phoenix.
NOW = dt.datetime(2026, 11, 30, 16, 30, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
NINE = NOW + dt.timedelta(hours=23, minutes=30)


@pytest.fixture(autouse=True)
def _monday(db: None) -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def clinician() -> Clinician:
    """Somebody who works on Tuesdays from nine to eleven."""
    made = make_clinician()
    Schedule.objects.create(clinician=made)
    work(made, 9, 11)
    return made


def work(clinician: Clinician, opens: int, closes: int) -> None:
    WorkingHours.objects.create(
        schedule_id=clinician.pk, weekday=1, starts=dt.time(opens), ends=dt.time(closes)
    )


def plan(clinician: Clinician) -> Plan:
    return plans(Clinician.objects.filter(pk=clinician.pk))[clinician.pk]


def starts() -> list[dt.datetime]:
    return list(FreedTime.objects.values_list("starts_at", flat=True))


def test_new_hours_open_their_own_times_and_no_others(clinician: Clinician) -> None:
    before = plan(clinician).schedule
    work(clinician, 13, 15)
    assert open_times(before, plan(clinician)) == MAX_TIMES
    assert starts()[:4] == [NINE + n * HOUR for n in (4, 5, 24 * 7 + 4, 24 * 7 + 5)]
    assert FreedTime.objects.earliest("starts_at").ends_at == NINE + 5 * HOUR


def test_what_is_taken_or_as_it_was_opens_nothing(clinician: Clinician) -> None:
    before = plan(clinician).schedule
    assert open_times(before, plan(clinician)) == 0
    Absence.objects.create(schedule_id=clinician.pk, starts_at=NINE, ends_at=NINE + 2 * HOUR)
    assert open_times(before, plan(clinician)) == 0
    assert starts() == []


def test_an_absence_that_is_taken_back_opens_its_times_but_those_that_are_booked(
    clinician: Clinician,
) -> None:
    actions.book_time(make_request(), clinician, NINE, by=everybody())
    away = Absence.objects.create(schedule_id=clinician.pk, starts_at=NINE, ends_at=NINE + 2 * HOUR)
    before = plan(clinician).schedule
    away.delete()
    assert open_times(before, plan(clinician)) == 1
    assert starts() == [NINE + HOUR]


def test_a_time_that_opens_again_is_kept_once_and_is_new_again(clinician: Clinician) -> None:
    before = replace(plan(clinician).schedule, weekly={})
    opened = open_times(before, plan(clinician))
    FreedTime.objects.update(freed_at=NOW - 30 * 24 * HOUR)
    assert open_times(before, plan(clinician)) == opened == FreedTime.objects.count()
    assert FreedTime.objects.earliest("freed_at").freed_at == NOW
