"""A closure moves the promises that are still open, and back when it is taken away."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine

from booking import actions
from booking.models import ConsultationRequest
from booking.rules.reasons import ContactOutcome
from booking.rules.statuses import Status
from booking.rules.transitions import Verb
from tests.factories import everybody, make_request
from treatments.models import Clinic, Closure

pytestmark = pytest.mark.django_db
# A Monday, ten in the morning in Phoenix.
MONDAY = dt.datetime(2026, 11, 30, 17, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _clinic():
    Clinic.objects.create(name="A clinic", phone="+14805550100", emergency_line="Call 911.")
    with time_machine.travel(MONDAY, tick=False):
        yield


def due(request) -> str:
    return f"{ConsultationRequest.objects.get(pk=request.pk).reply_by - dt.timedelta(hours=7):%a %d %H:%M}"


def test_a_closure_moves_open_promises_and_its_end_moves_them_back():
    request, answered = make_request(), make_request(Status.SCHEDULED)
    assert due(request) == "Wed 02 17:00"
    before, before_closure = answered.reply_by, request.reply_by
    closure = Closure.objects.create(starts_on=dt.date(2026, 12, 1), ends_on=dt.date(2026, 12, 2))
    assert actions.move_promises() == 1
    assert due(request) == "Fri 04 17:00"
    assert ConsultationRequest.objects.get(pk=answered.pk).reply_by == before
    event = request.events.get(verb=Verb.MOVE_PROMISE)
    assert event.actor == "system"
    moments = {key: dt.datetime.fromisoformat(value) for key, value in event.codes.items()}
    assert moments == {"from": before_closure, "to": before_closure + dt.timedelta(days=2)}
    assert actions.move_promises() == 0
    closure.delete()
    assert actions.move_promises() == 1
    assert due(request) == "Wed 02 17:00"


def test_a_reply_is_counted_from_what_the_patient_did_last():
    request = make_request(Status.WAITING_FOR_PATIENT)
    with time_machine.travel(MONDAY + dt.timedelta(days=2), tick=False):
        actions.reply(request, "Mostly in the morning.", by=actions.Actor.patient())
        assert due(request) == "Fri 04 17:00"
        Closure.objects.create(starts_on=dt.date(2026, 12, 4), ends_on=dt.date(2026, 12, 4))
        actions.move_promises()
    assert due(request) == "Mon 07 17:00"


def first(request) -> str:
    kept = ConsultationRequest.objects.get(pk=request.pk).first_reply_by
    return f"{kept - dt.timedelta(hours=7):%a %d %H:%M}"


def closed(day: int) -> Closure:
    return Closure.objects.create(starts_on=dt.date(2026, 12, day), ends_on=dt.date(2026, 12, day))


def test_the_first_promise_moves_while_it_lies_ahead():
    request = make_request()
    assert first(request) == "Wed 02 17:00"
    closure = closed(1)
    actions.move_promises()
    assert first(request) == due(request) == "Thu 03 17:00"
    with time_machine.travel(MONDAY + dt.timedelta(days=2, hours=9), tick=False):
        closure.delete()
        actions.move_promises()
        assert due(request) == "Wed 02 17:00"
        assert first(request) == "Thu 03 17:00", "nobody breaks a promise backwards"


def test_the_first_promise_that_ran_out_or_was_kept_stays():
    late, reached = make_request(), make_request()
    actions.log_contact(reached, ContactOutcome.REACHED, by=everybody())
    with time_machine.travel(MONDAY + dt.timedelta(days=3), tick=False):
        closed(1)
        actions.move_promises()
        assert due(late) == "Thu 03 17:00"
    assert first(late) == first(reached) == "Wed 02 17:00"


def test_a_later_promise_leaves_the_first_one():
    request = make_request(Status.WAITING_FOR_PATIENT)
    with time_machine.travel(MONDAY + dt.timedelta(days=2), tick=False):
        actions.reply(request, "Mostly in the morning.", by=actions.Actor.patient())
        closed(3)
        actions.move_promises()
        assert due(request) == "Mon 07 17:00"
    assert first(request) == "Wed 02 17:00"
