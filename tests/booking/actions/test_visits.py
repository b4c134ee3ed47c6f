"""An agreed visit moves, is cancelled, or should move."""

from __future__ import annotations

import datetime as dt

import pytest

from booking import actions
from booking.actions import Actor
from booking.models import ConsultationRequest
from booking.models.visit import VisitState
from booking.rules.errors import NotPossible, TimeNotFree
from booking.rules.notices import Notice
from booking.rules.patient_activity import PatientActivity
from booking.rules.reasons import CancelReason
from booking.rules.statuses import Status
from tests.factories import begin_visit, everybody, free_time, make_clinician, make_request

pytestmark = pytest.mark.django_db
PATIENT = Actor.patient()


def later() -> dt.datetime:
    return free_time(dt.timedelta(days=6))


def test_a_visit_that_moves_stays_the_same_visit_and_frees_its_old_time():
    request = make_request(Status.SCHEDULED)
    visit, clinician, old = request.visit, request.visit.clinician, request.visit.starts_at
    moved = actions.move_visit(request, make_clinician(), later(), by=everybody())
    assert (moved.visit, moved.visit.starts_at, moved.visit.sequence) == (visit, later(), 1)
    assert moved.events.first().codes == {"visit": str(visit.pk), "sequence": 1}
    assert actions.book_time(make_request(), clinician, old, by=everybody()).status == Status.SCHEDULED


def test_a_visit_may_move_by_half_an_hour_over_itself():
    request = make_request(Status.SCHEDULED)
    start = request.visit.starts_at + dt.timedelta(minutes=30)
    assert (
        actions.move_visit(request, request.visit.clinician, start, by=everybody()).visit.starts_at == start
    )


def test_a_visit_never_moves_onto_another_one():
    first, second, by = make_request(Status.SCHEDULED), make_request(Status.SCHEDULED), everybody()
    old = second.visit.starts_at
    with pytest.raises(TimeNotFree, match="taken"):
        actions.move_visit(second, first.visit.clinician, first.visit.starts_at, by=by)
    with pytest.raises(TimeNotFree, match="already"):
        actions.move_visit(second, second.visit.clinician, old, by=by)
    second.visit.refresh_from_db()
    assert (second.visit.starts_at, second.visit.sequence) == (old, 0)


def test_moving_answers_the_wish_to_move():
    request = make_request(Status.SCHEDULED)
    asked = actions.ask_to_move(request, by=PATIENT, text="Could it be a Friday?", times=["fri-am"])
    assert (asked.status, asked.news, asked.visit) == (Status.SCHEDULED, PatientActivity.MOVE, request.visit)
    assert asked.letters.get().text == "Could it be a Friday?"
    assert asked.person.wished_times == ("fri-am",)
    assert asked.messages.filter(notice=Notice.STAFF_PATIENT).count() == 1
    assert ConsultationRequest.objects.owed().filter(pk=asked.pk).exists()
    moved = actions.move_visit(asked, request.visit.clinician, later(), by=everybody())
    assert (moved.news, ConsultationRequest.objects.owed().exists()) == ("", False)


@pytest.mark.parametrize("by", [PATIENT, None], ids=["patient", "staff"])
def test_cancelling_frees_the_time_and_promises_a_reply(by):
    request = make_request(Status.SCHEDULED)
    visit, clinician = request.visit, request.visit.clinician
    cancelled = actions.cancel_visit(request, CancelReason.CLINIC, by=by or everybody())
    visit.refresh_from_db()
    assert (cancelled.status, cancelled.visit, visit.state) == (Status.IN_REVIEW, None, VisitState.CANCELLED)
    reason = CancelReason.PATIENT if by else CancelReason.CLINIC
    codes = {"reason": reason, "visit": str(visit.pk), "sequence": 1}
    assert cancelled.events.first().codes == codes
    assert cancelled.news == (PatientActivity.CANCELLED if by else "")
    assert cancelled.answered_at is None
    assert cancelled.messages.filter(notice=Notice.STAFF_PATIENT).exists() is bool(by)
    assert actions.book_time(make_request(), clinician, visit.starts_at, by=everybody())


@pytest.mark.parametrize("verb", ["move", "cancel", "ask"])
def test_a_visit_that_has_begun_stays_as_it_is(verb):
    request = make_request(Status.SCHEDULED)
    begin_visit(request)
    verbs = {
        "move": lambda: actions.move_visit(request, make_clinician(), later(), by=everybody()),
        "cancel": lambda: actions.cancel_visit(request, CancelReason.PATIENT, by=PATIENT),
        "ask": lambda: actions.ask_to_move(request, by=PATIENT),
    }
    # To a patient the way on is a call, to staff it is not.
    words = "Say first whether" if verb == "move" else "Call us"
    with pytest.raises(NotPossible, match=f"The visit has begun.* {words}"):
        verbs[verb]()


def test_what_was_said_on_the_phone_leaves_no_call_to_make():
    request = make_request(Status.SCHEDULED)
    request.seal_person(request.person.changed(email=""))
    request.save()
    actions.move_visit(request, make_clinician(), later(), by=everybody(), told=True)
    assert request.messages.filter(notice=Notice.VISIT_MOVED, told_at__isnull=False).count() == 1
    assert not request.messages.to_tell().exists()


def test_withdrawing_frees_everything():
    offered, agreed = make_request(Status.TIMES_OFFERED), make_request(Status.SCHEDULED)
    visit = agreed.visit
    for request in (offered, agreed):
        gone = actions.withdraw(request, by=PATIENT)
        assert (gone.status, gone.visit) == (Status.WITHDRAWN, None)
        assert not gone.visits.filter(state__in=[VisitState.HELD, VisitState.BOOKED]).exists()
    assert agreed.events.first().codes == {"visit": str(visit.pk), "sequence": 1}
    assert offered.events.first().codes == {}
