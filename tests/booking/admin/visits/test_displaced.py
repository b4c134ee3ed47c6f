"""A closure entered in the admin names the visits on it and has the promises moved."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from booking import actions
from booking.models import Absence, Schedule
from booking.rules.roles import Role
from tests.booking.admin.visits.test_schedules import form_data
from tests.factories import everybody, make_clinician, make_request
from treatments.models import Clinic, Closure

pytestmark = pytest.mark.django_db
MONDAY = dt.datetime(2026, 11, 30, 16, 30, tzinfo=dt.UTC)
THURSDAY_AT_TEN = dt.datetime(2026, 12, 3, 17, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def clinic(db: None) -> Iterator[Clinic]:
    with time_machine.travel(MONDAY, tick=False):
        yield Clinic.objects.create(name="A clinic", phone="+14805550100", emergency_line_en="Call 911.")


def close_on(client: Client, clinic: Clinic, day: str) -> str:
    """Enter a closure on the clinic's page; return the page that follows."""
    address = f"/admin/treatments/clinic/{clinic.pk}/change/"
    data = form_data(client.get(address))
    inline = {"closures-0-starts_on": day, "closures-0-ends_on": day, "closures-TOTAL_FORMS": "1"}
    answer = client.post(address, {**data, **inline, "closures-0-clinic": clinic.pk}, follow=True)
    assert Closure.objects.exists(), answer.text
    return answer.text


def test_a_closure_warns_of_the_visits_on_it_and_moves_the_promises(as_role, clinic) -> None:
    actions.book_time(make_request(), make_clinician(), THURSDAY_AT_TEN, by=everybody())
    text = close_on(as_role(Role.MANAGER), clinic, "2026-12-03")
    assert "1 visit lies where nobody works any more" in text
    assert "/admin/booking/visit/to-move/" in text
    assert ProcrastinateJob.objects.filter(task_name="booking.move_promises").count() == 1


def test_a_closure_without_visits_warns_of_nothing(as_role, clinic) -> None:
    actions.book_time(make_request(), make_clinician(), THURSDAY_AT_TEN, by=everybody())
    assert "nobody works any more" not in close_on(as_role(Role.MANAGER), clinic, "2026-12-04")


def test_an_editor_learns_the_number_and_gets_no_link(as_role, clinic) -> None:
    actions.book_time(make_request(), make_clinician(), THURSDAY_AT_TEN, by=everybody())
    text = close_on(as_role(Role.EDITOR), clinic, "2026-12-03")
    assert "1 visit lies where nobody works any more" in text
    assert "to-move" not in text


def test_an_absence_warns_too(as_role) -> None:
    clinician = make_clinician()
    plan = Schedule.objects.create(clinician=clinician)
    actions.book_time(make_request(), clinician, THURSDAY_AT_TEN, by=everybody())
    client, address = as_role(Role.RECEPTION), f"/admin/booking/schedule/{plan.pk}/change/"
    rows = {"absences-0-kind": "away", "absences-0-starts_at": "2026-12-03T08:00",
            "absences-0-ends_at": "2026-12-03T12:00"}  # fmt: skip
    text = client.post(address, {**form_data(client.get(address)), **rows}, follow=True).text
    assert Absence.objects.get().starts_at == THURSDAY_AT_TEN - dt.timedelta(hours=2), "clinic time"
    assert "1 visit lies where nobody works any more" in text


def test_hours_that_change_under_a_visit_warn_too(as_role) -> None:
    clinician = make_clinician()
    plan = Schedule.objects.create(clinician=clinician)
    actions.book_time(make_request(), clinician, THURSDAY_AT_TEN, by=everybody())
    client, address = as_role(Role.RECEPTION), f"/admin/booking/schedule/{plan.pk}/change/"
    rows = {"hours-0-weekday": "3", "hours-0-starts": "13:00", "hours-0-ends": "17:00"}
    text = client.post(address, {**form_data(client.get(address)), **rows}, follow=True).text
    assert "1 visit lies where nobody works any more" in text
