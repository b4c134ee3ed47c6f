"""The figures of the calendar in the queue: what SQL counts is what the pages list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.test import Client

from booking.admin.lists.unstaffed import soonest_to_move, visits_to_move
from booking.hours.clinicians import schedule_of
from booking.models import Absence, EarlierWish, FreedTime, Schedule, Visit, WorkingHours
from booking.models.visit import VisitState
from booking.rules.roles import Role
from booking.rules.statuses import Status
from tests.booking.admin.conftest import QUEUE
from tests.factories import make_clinician, make_request
from treatments.models import Clinic, Clinician, Closure

pytestmark = pytest.mark.django_db
# A Monday at half past nine in the morning in Phoenix; Thanksgiving is over, Christmas to come.
NOW = dt.datetime(2026, 11, 30, 16, 30, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


@pytest.fixture(autouse=True)
def clinic(db: None) -> Iterator[Clinic]:
    with time_machine.travel(NOW, tick=False):
        yield Clinic.objects.create(name="A clinic", phone="+14805550100", emergency_line_en="Call 911.")


def book(clinician: Clinician, start: dt.datetime, length: dt.timedelta = HOUR) -> Visit:
    return Visit.objects.create(
        request=make_request(), clinician=clinician, starts_at=start, ends_at=start + length,
        state=VisitState.BOOKED,
    )  # fmt: skip


@pytest.fixture
def clinicians(clinic: Clinic) -> list[Clinician]:
    """Some who follow the clinic, have hours of their own, are away, or take no visits any more."""
    Closure.objects.create(clinic=clinic, starts_on="2026-12-09", ends_on="2026-12-10")
    plain, own, away, gone, nothing = (make_clinician() for _ in range(5))
    plans = {one.pk: Schedule.objects.create(clinician=one) for one in (own, away, gone, nothing)}
    for weekday, starts, ends in ((1, 8, 12), (1, 13, 16), (2, 8, 16), (5, 9, 12)):
        WorkingHours.objects.create(
            schedule=plans[own.pk], weekday=weekday, starts=dt.time(starts), ends=dt.time(ends)
        )
    absence = {"starts_at": NOW + dt.timedelta(days=1), "ends_at": NOW + dt.timedelta(days=1, hours=3)}
    Absence.objects.create(schedule=plans[away.pk], kind="away", **absence)
    Schedule.objects.filter(pk=gone.pk).update(takes_visits=False)
    return [plain, own, away, gone, nothing]


def test_the_database_finds_what_the_rules_say(clinicians: list[Clinician]) -> None:
    starts = [NOW + dt.timedelta(days=day, hours=hour) for day in (1, 2, 5, 9, 25) for hour in (-2, 2, 7, 11)]
    for clinician in clinicians:
        for start in starts:
            book(clinician, start)
    coming = Visit.objects.taking_time().filter(starts_at__gt=NOW)
    listed = {one.pk for one in coming if not schedule_of(one.clinician).works(one.span)}
    assert set(visits_to_move(NOW).values_list("pk", flat=True)) == listed
    assert 0 < len(listed) < len(starts) * len(clinicians)


def test_visits_to_move_show_as_a_tile_that_leads_to_their_page(nurse: Client) -> None:
    book(make_clinician(), NOW + dt.timedelta(days=1))
    assert "Visits to move" not in nurse.get(QUEUE).text
    lost = book(make_clinician(), NOW + dt.timedelta(days=5))
    text = nurse.get(QUEUE).text
    assert "Visits to move" in text and "/admin/booking/visit/to-move/" in text
    assert lost.request.shown_reference in nurse.get("/admin/booking/visit/to-move/").text


def test_the_figure_looks_at_the_soonest_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("booking.admin.lists.unstaffed.MAX_COUNTED", 2)
    near, _stays, _far = (book(make_clinician(), NOW + dt.timedelta(days=day)) for day in (5, 7, 12))
    assert list(soonest_to_move(NOW)) == [near]
    assert visits_to_move(NOW).count() == 2


def test_a_time_that_came_free_shows_while_somebody_wants_one(nurse: Client) -> None:
    start = NOW + dt.timedelta(days=1)
    clinician = make_clinician()
    FreedTime.objects.create(clinician=clinician, starts_at=start, ends_at=start + HOUR)
    assert "Times came free" not in nurse.get(QUEUE).text
    EarlierWish.objects.create(request=make_request(Status.SCHEDULED))
    assert "Times came free" in nurse.get(QUEUE).text
    Absence.objects.create(
        schedule=Schedule.objects.create(clinician=clinician), starts_at=start, ends_at=start + HOUR
    )
    assert "Times came free" not in nurse.get(QUEUE).text


def test_a_clinician_whom_those_pages_refuse_gets_no_tile(as_role: Callable[..., Client]) -> None:
    book(make_clinician(), NOW + dt.timedelta(days=5))
    assert "Visits to move" not in as_role(Role.CLINICIAN).get(QUEUE).text
    assert "Visits to move" in as_role(Role.MANAGER).get(QUEUE).text
