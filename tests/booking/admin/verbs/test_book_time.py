"""Booking: only free times inside the clinic's hours are offered, and only those are taken."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client

from booking import actions
from booking.models import Absence, Schedule, VisitType, WorkingHours
from booking.rules.statuses import Status
from booking.rules.transitions import Verb
from tests.booking.admin.conftest import page, seen
from tests.factories import everybody, make_clinician, make_person, make_request

pytestmark = pytest.mark.django_db
# A Monday at 9:30 in Phoenix (UTC-7, no summer time).
MONDAY = dt.datetime(2026, 11, 30, 16, 30, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _monday() -> Iterator[None]:
    with time_machine.travel(MONDAY, tick=False):
        yield


def value(clinician: object, start: str) -> str:
    return f"{clinician.pk}/{start}"  # type: ignore[attr-defined]


def test_offers_each_hour_inside_the_clinics_day_from_now_on(nurse: Client) -> None:
    clinician, made = make_clinician(), make_request()
    text = nurse.get(page(made, Verb.BOOK_TIME)).text
    assert value(clinician, "2026-11-30T10:00:00-07:00") in text
    assert value(clinician, "2026-11-30T16:00:00-07:00") in text
    assert value(clinician, "2026-11-30T09:00:00-07:00") not in text, "that hour has begun"
    assert value(clinician, "2026-12-01T17:00:00-07:00") not in text, "the clinic closes at five"
    assert "2026-12-05T" not in text, "a Saturday"


def test_leaves_out_what_is_taken_and_public_holidays(nurse: Client) -> None:
    clinician, made = make_clinician(), make_request()
    taken = dt.datetime(2026, 12, 1, 17, tzinfo=dt.UTC)
    actions.book_time(make_request(), clinician, taken, by=everybody())
    assert value(clinician, "2026-12-01T10:00:00-07:00") not in nurse.get(page(made, Verb.BOOK_TIME)).text
    christmas = nurse.get(page(made, Verb.BOOK_TIME), {"week": "3"}).text
    assert "2026-12-24T" in christmas and "2026-12-25T" not in christmas


def test_marks_the_times_that_the_patient_said_suit(nurse: Client) -> None:
    make_clinician()
    made = make_request(person=make_person(times=("tue-pm",)))
    assert nurse.get(page(made, Verb.BOOK_TIME)).text.count("time--wished") == 5


def test_books_the_chosen_time(nurse: Client) -> None:
    clinician, made = make_clinician(), make_request(Status.IN_REVIEW)
    chosen = value(clinician, "2026-12-01T10:00:00-07:00")
    answer = nurse.post(page(made, Verb.BOOK_TIME), seen(made, time=chosen))
    assert answer.status_code == 302
    made.refresh_from_db()
    assert made.status == Status.SCHEDULED
    assert made.visit.starts_at == dt.datetime(2026, 12, 1, 17, tzinfo=dt.UTC)
    assert made.visit.clinician == clinician


def test_a_time_taken_meanwhile_is_told_and_nothing_is_booked(nurse: Client) -> None:
    clinician, made = make_clinician(), make_request()
    actions.book_time(
        make_request(), clinician, dt.datetime(2026, 12, 1, 17, tzinfo=dt.UTC), by=everybody()
    )  # fmt: skip
    chosen = value(clinician, "2026-12-01T10:00:00-07:00")
    answer = nurse.post(page(made, Verb.BOOK_TIME), seen(made, time=chosen))
    assert answer.status_code == 409
    assert "That time is taken" in answer.text
    made.refresh_from_db()
    assert made.status == Status.NEW


@pytest.mark.parametrize(
    "typed",
    ["", "x", "1", "1/", "1/tomorrow", "1/2026-12-01T10:00:00", "1/2026-12-01T10:20:00-07:00",
     "1/2027-12-01T10:00:00-07:00", "-1/2026-12-01T10:00:00-07:00",
     "99999999999999999999/2026-12-01T10:00:00-07:00", "1/0001-01-01T00:00:00+00:00"],
)  # fmt: skip
def test_only_a_time_that_the_page_offers_can_be_chosen(typed: str, nurse: Client) -> None:
    make_clinician()
    made = make_request()
    answer = nurse.post(page(made, Verb.BOOK_TIME), seen(made, time=typed))
    assert answer.status_code == 200
    assert "There is a problem" in answer.text


def test_an_unknown_clinician_is_refused_with_a_sentence(nurse: Client) -> None:
    make_clinician()
    made = make_request()
    chosen = "987654/2026-12-01T10:00:00-07:00"
    answer = nurse.post(page(made, Verb.BOOK_TIME), seen(made, time=chosen))
    assert answer.status_code == 409
    assert "cannot be booked any more" in answer.text


def test_without_a_clinician_the_page_says_what_to_do(nurse: Client) -> None:
    assert "No clinician is set up yet" in nurse.get(page(make_request(), Verb.BOOK_TIME)).text


def test_outside_a_demonstration_its_placeholders_are_not_bookable(nurse: Client, settings: Any) -> None:
    clinician, made = make_clinician(), make_request(Status.IN_REVIEW)
    settings.DEMO = False
    assert "No clinician is set up yet" in nurse.get(page(made, Verb.BOOK_TIME)).text
    chosen = value(clinician, "2026-12-01T10:00:00-07:00")
    answer = nurse.post(page(made, Verb.BOOK_TIME), seen(made, time=chosen))
    assert answer.status_code == 409
    assert not made.visits.exists()


@pytest.mark.parametrize("start", ["2026-12-01T19:00:00-07:00", "2026-12-05T10:00:00-07:00"])
def test_a_time_outside_the_hours_is_refused_with_a_sentence(start: str, nurse: Client) -> None:
    clinician, made = make_clinician(), make_request()
    answer = nurse.post(page(made, Verb.BOOK_TIME), seen(made, time=value(clinician, start)))
    assert answer.status_code == 409
    assert "The clinic is closed then" in answer.text
    assert not made.visits.exists()


def test_the_times_of_a_longer_visit_lie_further_apart(nurse: Client) -> None:
    clinician, made = make_clinician(), make_request()
    usual = VisitType.objects.create(name="First visit", minutes=60)
    long = VisitType.objects.create(name="Injections", minutes=120, position=1)
    text = nurse.get(page(made, Verb.BOOK_TIME), {"kind": long.pk, "week": 1}).text
    assert value(clinician, "2026-12-08T10:00:00-07:00") in text
    assert value(clinician, "2026-12-08T11:00:00-07:00") not in text
    assert f'name="kind" value="{long.pk}"' in text
    chosen = value(clinician, "2026-12-08T10:00:00-07:00")
    nurse.post(page(made, Verb.BOOK_TIME), seen(made, time=chosen, kind=long.pk))
    made.refresh_from_db()
    assert (made.visit.kind, made.visit.ends_at - made.visit.starts_at) == (long, dt.timedelta(hours=2))
    assert usual.name in text


def test_a_type_that_went_meanwhile_is_told_and_nothing_is_booked(nurse: Client) -> None:
    clinician, made = make_clinician(), make_request()
    gone = VisitType.objects.create(name="Injections", minutes=120, active=False)
    chosen = value(clinician, "2026-12-08T10:00:00-07:00")
    answer = nurse.post(page(made, Verb.BOOK_TIME), seen(made, time=chosen, kind=gone.pk))
    assert answer.status_code == 409
    assert "cannot be booked any more" in answer.text
    assert not made.visits.exists()


def test_says_why_a_day_has_no_times(nurse: Client) -> None:
    clinician, made = make_clinician(), make_request()
    plan = Schedule.objects.create(clinician=clinician)
    WorkingHours.objects.create(schedule=plan, weekday=0, starts=dt.time(8), ends=dt.time(12))
    tuesday = dt.datetime(2026, 12, 8, 7, tzinfo=dt.UTC)
    Absence.objects.create(schedule=plan, starts_at=tuesday, ends_at=tuesday + dt.timedelta(days=1))
    text = nurse.get(page(made, Verb.BOOK_TIME), {"week": 1}).text
    assert (text.count("Away"), text.count("Not working")) == (1, 3)


def test_many_clinicians_are_folded_away_with_the_chosen_one_named(nurse: Client) -> None:
    clinicians = [make_clinician() for _n in range(6)]
    address = page(make_request(Status.IN_REVIEW), Verb.BOOK_TIME)
    assert "Choose another of" not in nurse.get(address).text
    clinicians.append(make_clinician())
    text = " ".join(nurse.get(address, {"clinician": clinicians[2].pk}).text.split())
    assert f"{clinicians[2]}. Choose another of 7 clinicians" in text
    assert all(f"?clinician={one.pk}&amp;" in text for one in clinicians)
