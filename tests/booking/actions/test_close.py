"""Ends without a visit, and the way back."""

from __future__ import annotations

import pytest

from booking import actions
from booking.actions import Actor
from booking.models.visit import VisitState
from booking.rules.errors import NotPossible
from booking.rules.notices import Notice
from booking.rules.reasons import CloseReason, DeclineReason, ReopenReason
from booking.rules.statuses import Status
from tests.factories import begin_visit, everybody, free_time, make_clinician, make_request

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("reason", DeclineReason)
def test_a_decline_keeps_its_reason(reason):
    request = actions.decline(make_request(Status.IN_REVIEW), reason, by=everybody())
    assert (request.status, request.outcome_reason) == (Status.DECLINED, reason)
    assert request.events.first().codes == {"reason": reason}


@pytest.mark.parametrize("reason", CloseReason)
def test_everybody_but_spam_is_told_of_a_close(reason):
    request = actions.close(make_request(), reason, by=everybody())
    assert request.outcome_reason == reason
    told = request.messages.filter(notice=Notice.CLOSED).exists()
    assert told is (reason != CloseReason.SPAM)


def test_closing_frees_the_agreed_time():
    request = make_request(Status.SCHEDULED)
    clinician, start = request.visit.clinician, request.visit.starts_at
    actions.close(request, CloseReason.UNREACHABLE, by=everybody())
    assert request.visits.get().state == VisitState.CANCELLED
    assert actions.book_time(make_request(), clinician, start, by=everybody())


@pytest.mark.parametrize("status", [Status.CLOSED, Status.DECLINED, Status.SEEN])
def test_a_reopened_request_is_in_review_as_if_it_had_not_ended(status):
    request = actions.reopen(make_request(status), ReopenReason.PATIENT_CALLED, by=everybody())
    assert (request.status, request.outcome_reason, request.visit) == (Status.IN_REVIEW, "", None)
    booked = actions.book_time(request, make_clinician(), free_time(), by=everybody())
    assert booked.status == Status.SCHEDULED


def test_what_has_begun_is_neither_closed_nor_withdrawn() -> None:
    request = make_request(Status.SCHEDULED)
    begin_visit(request)
    with pytest.raises(NotPossible, match="begun"):
        actions.close(request, CloseReason.OTHER, by=everybody())
    with pytest.raises(NotPossible, match="begun"):
        actions.withdraw(request, by=Actor.patient())
    request.visit.refresh_from_db()
    assert request.visit.state == VisitState.BOOKED
