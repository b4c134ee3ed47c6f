"""The pages of the calendar with one clinician and with twenty: few queries, and the same number."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from booking import actions
from booking.models import Absence, ConsultationRequest, Schedule, VisitType, WorkingHours
from booking.rules.reasons import CancelReason
from booking.rules.statuses import Status
from booking.rules.transitions import Verb
from tests.booking.admin.conftest import page
from tests.factories import everybody, make_clinician, make_request
from treatments.models import Clinic, Clinician, Closure

# Session, user and permissions among them; the clinic's facts are remembered from the page before.
QUERIES = 8
# The verb that was refused: its clinicians, its lock, who was quicker, the request and its people anew.
REFUSED = 5
MONDAY = dt.datetime(2026, 11, 30, 16, 30, tzinfo=dt.UTC)
CALENDAR, EARLIER, TO_MOVE = (f"/admin/booking/visit/{tail}" for tail in ("", "earlier/", "to-move/"))


def at(day: int, hour: int) -> dt.datetime:
    """Return an hour of a day of December, in Phoenix."""
    return dt.datetime(2026, 12, day, hour + 7, tzinfo=dt.UTC)


@pytest.fixture(params=[1, 20], ids=lambda number: f"{number} clinicians")
def busy(request: pytest.FixtureRequest, db: None) -> Iterator[ConsultationRequest]:
    """Fill the calendars of so many; return a request to offer times to."""
    clinic = Clinic.objects.create(name="A clinic", phone="+14805550100", emergency_line="Call 911.")
    with time_machine.travel(MONDAY, tick=False):
        VisitType.objects.create(name="First visit", minutes=60)
        clinicians = [make_clinician() for _n in range(request.param)]
        for clinician in clinicians:
            _fill(clinician)
        waiting = actions.book_time(make_request(), clinicians[0], at(9, 9), by=everybody())
        actions.wish_earlier(waiting, wanted=True, by=everybody())
        Closure.objects.create(clinic=clinic, starts_on="2026-12-04", ends_on="2026-12-04")
        yield make_request(Status.IN_REVIEW)


def _fill(clinician: Clinician) -> None:
    """Book two visits, one of which must be moved, hold a time, and free one."""
    by = everybody()
    plan = Schedule.objects.create(clinician=clinician)
    WorkingHours.objects.bulk_create(
        WorkingHours(schedule=plan, weekday=day, starts=dt.time(8), ends=dt.time(17)) for day in range(5)
    )
    VisitType.objects.create(name="Injections", minutes=30, clinician=clinician, position=1)
    gone, *_others = [
        actions.book_time(make_request(), clinician, at(day, 10), by=by) for day in (1, 2, 3, 4)
    ]
    actions.offer_times(make_request(Status.IN_REVIEW), [(clinician, at(1, 14))], by=by)
    actions.cancel_visit(gone, CancelReason.CLINIC, by=by)
    Absence.objects.create(schedule=plan, starts_at=at(2, 8), ends_at=at(2, 12))


def queries(client: Client, address: str, *, data: dict[str, str] | None = None) -> list[str]:
    """Return what a page asks the database, once it is warm."""
    ask = client.get if data is None else client.post
    ask(address, data)
    with CaptureQueriesContext(connection) as asked:
        answer = ask(address, data)
    assert answer.status_code in (200, 409), address
    return [one["sql"] for one in asked.captured_queries if "SAVEPOINT" not in one["sql"]]


PAGES = {
    "day": f"{CALENDAR}?day=2026-12-01",
    "day of one": f"{CALENDAR}?day=2026-12-02&clinician={{clinician}}",
    "closed day": f"{CALENDAR}?day=2026-12-04",
    "week": f"{CALENDAR}?view=week&day=2026-12-01",
    "earlier": EARLIER,
    "to move": TO_MOVE,
    "feed": f"{CALENDAR}feed/{{clinician}}/",
}


def test_every_page_takes_few_queries(busy: ConsultationRequest, nurse: Client, reception: Client) -> None:
    for client in (nurse, reception):
        found = counts(client, busy)
        assert {name: count for name, count in found.items() if count > QUERIES} == {}


def counts(client: Client, busy: ConsultationRequest) -> dict[str, int]:
    """Return how many queries each page takes."""
    clinician = Clinician.objects.earliest("pk").pk
    offer, book = (page(busy, verb) for verb in (Verb.OFFER_TIMES, Verb.BOOK_TIME))
    booked = ConsultationRequest.objects.filter(status=Status.SCHEDULED).latest("visit__starts_at")
    pages = {name: address.format(clinician=clinician) for name, address in PAGES.items()}
    pages |= {"offer": offer, "book": book, "move": page(booked, Verb.MOVE_VISIT),
              "wish": page(booked, Verb.WISH_EARLIER), "cancel": page(booked, Verb.CANCEL_VISIT)}  # fmt: skip
    asked = {name: queries(client, address) for name, address in pages.items()}
    value = f"{clinician}/{at(1, 15).isoformat()}"
    sent = {"seen_version": str(busy.version), "times": value, "hold_days": "2", "text": "",
            "place": f"{clinician}/0/"}  # fmt: skip
    asked["check the offer"] = queries(client, offer, data={**sent, "check": "1"})
    asked["another week"] = queries(client, offer, data={**sent, "show": f"{clinician}/1/"})
    stale = queries(client, offer, data={**sent, "confirm": "1", "seen_version": "999"})
    asked["refused"] = stale[REFUSED:]
    return {name: len(found) for name, found in asked.items()}
