"""log_contact: the next call that is planned, and when it is planned no more."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from booking import actions
from booking.models import ConsultationRequest, Message
from booking.rules.documents import Person
from booking.rules.errors import NotPossible
from booking.rules.reasons import CloseReason, ContactOutcome, DeclineReason
from booking.rules.statuses import Status
from tests.factories import begin_visit, everybody, make_person, make_request

pytestmark = pytest.mark.django_db


def planned(
    status: Status = Status.IN_REVIEW, person: Person | None = None, **after: float
) -> ConsultationRequest:
    at = timezone.now() + timedelta(**(after or {"hours": 2}))
    outcome = ContactOutcome.NO_ANSWER
    made = make_request(status, person=person or make_person())
    return actions.log_contact(made, outcome, by=everybody(), call_back_at=at)


def _seen(request: ConsultationRequest) -> ConsultationRequest:
    begin_visit(request)
    return actions.mark_seen(request, by=everybody())


def test_the_next_call_is_kept_on_the_request_and_in_its_history() -> None:
    request = planned()
    request.refresh_from_db()
    assert request.call_back_at is not None
    codes = {"outcome": "no-answer", "call_back_at": request.call_back_at.isoformat()}
    assert request.events.first().codes == codes
    assert request.answered_at is None


@pytest.mark.parametrize(
    ("status", "verb"),
    [
        (Status.IN_REVIEW, lambda r: actions.log_contact(r, ContactOutcome.REACHED, by=everybody())),
        (Status.IN_REVIEW, lambda r: actions.log_contact(r, ContactOutcome.VOICEMAIL, by=everybody())),
        (Status.IN_REVIEW, lambda r: actions.close(r, CloseReason.UNREACHABLE, by=everybody())),
        (Status.IN_REVIEW, lambda r: actions.decline(r, DeclineReason.DISTANCE, by=everybody())),
        (Status.IN_REVIEW, lambda r: actions.withdraw(r, by=actions.Actor.patient())),
        (Status.SCHEDULED, _seen),
    ],
    ids=["reached", "called without a new time", "closed", "declined", "withdrawn", "seen"],
)
def test_nothing_is_planned_any_more(
    status: Status, verb: Callable[[ConsultationRequest], ConsultationRequest]
) -> None:
    request = verb(planned(status))
    request.refresh_from_db()
    assert request.call_back_at is None


def test_other_work_leaves_it_standing() -> None:
    request = planned()
    assert actions.assign(request, None, by=everybody()).call_back_at == request.call_back_at


def test_who_goes_on_for_both_calls_at_the_earlier_time() -> None:
    person = make_person()
    first, second = planned(person=person, hours=5), planned(person=person, hours=3)
    at = second.call_back_at
    goes_on = actions.merge(second, first, by=everybody())
    second.refresh_from_db()
    assert (goes_on.call_back_at, second.call_back_at) == (at, None)


@pytest.mark.parametrize(
    ("after", "words"),
    [({"minutes": -1}, "is over"), ({"days": 30, "minutes": 1}, "next 30 days")],
)
def test_a_time_in_the_past_or_too_far_off_is_refused(after: dict[str, float], words: str) -> None:
    with pytest.raises(NotPossible, match=words):
        planned(**after)


@pytest.mark.parametrize(
    ("status", "outcome"),
    [(Status.IN_REVIEW, ContactOutcome.REACHED), (Status.CLOSED, ContactOutcome.NO_ANSWER)],
)
def test_nobody_is_called_again_without_need(status: Status, outcome: ContactOutcome) -> None:
    request, at = make_request(status), timezone.now() + timedelta(hours=1)
    with pytest.raises(NotPossible, match="no other call"):
        actions.log_contact(request, outcome, by=everybody(), call_back_at=at)
    assert not request.events.filter(verb="log_contact").exists()


def test_who_was_reached_knows_what_a_merged_request_had_to_tell() -> None:
    person = make_person(email="", channel="phone")
    merged = actions.ask_patient(make_request(Status.IN_REVIEW, person=person), "Since when?", by=everybody())
    target = actions.merge(merged, make_request(person=person), by=everybody())
    assert Message.objects.filter(request=merged).to_tell().exists()
    actions.log_contact(target, ContactOutcome.REACHED, by=everybody())
    assert not Message.objects.filter(request__in=[merged, target]).to_tell().exists()
