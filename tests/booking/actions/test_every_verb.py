"""Every verb from every status by every role, on the database: done as agreed, or refused, nothing changed.

What is agreed stands in tests/booking/rules/test_transitions.py, written down apart from the table itself.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from django.db import transaction
from django.utils import timezone

from booking import actions
from booking.actions import Actor
from booking.models import ConsultationRequest
from booking.rules.errors import BookingError, NotAllowed, NotPossible
from booking.rules.patient_activity import PatientActivity
from booking.rules.roles import STAFF, Role
from booking.rules.statuses import OPEN, Status
from booking.rules.transitions import Verb
from tests.booking.actions.test_transition import CALLS, FROM_PATIENTS
from tests.booking.rules.test_transitions import ROWS
from tests.factories import begin_visit, make_link, make_person, make_request, make_staff

Call = Callable[..., Any]
PERSON = make_person()


class Rows(NamedTuple):
    """What there is of a request."""

    row: dict[str, Any]
    events: list[tuple[int, str]]
    visits: list[dict[str, Any]]


def accept_any(request: ConsultationRequest, **kwargs: Any) -> Any:
    held = request.visits.on_offer().first()
    return actions.accept_time(request, held.pk if held else uuid.uuid4(), **kwargs)


def merge_into_another(request: ConsultationRequest, **kwargs: Any) -> Any:
    another = ConsultationRequest.objects.exclude(pk=request.pk).get(person_hash=request.person_hash)
    return actions.merge(request, another, **kwargs)


VERBS: dict[Verb, Call] = {
    **CALLS,
    **{verb: call for verb, call in FROM_PATIENTS.items() if verb != Verb.CANCEL_VISIT},
    Verb.ACCEPT_TIME: accept_any,
    Verb.MERGE: merge_into_another,
    Verb.LAPSE_OFFERS: actions.lapse_offers,
}
# Made without a request there already, or no verb of its own: tested where they are.
APART = {Verb.SUBMIT, Verb.TAKE_CALL, Verb.RECORD_ACCESS, Verb.ERASE, Verb.MOVE_PROMISE}
# A request with times on offer or a visit is not merged: its times would be lost.
NOT_MERGED = {Status.TIMES_OFFERED, Status.SCHEDULED}


def test_every_verb_is_here_or_named_as_apart() -> None:
    assert set(VERBS) | APART == set(Verb)


@pytest.fixture
def actors(db: None) -> dict[str, Actor]:
    """Somebody of each role, and staff without one."""
    staff = {role.value: Actor.staff(make_staff(role)) for role in STAFF}
    return {
        **staff,
        "patient": Actor.patient(),
        "system": Actor.system(),
        "no role": Actor.staff(make_staff()),
    }


@pytest.mark.parametrize("status", Status)
def test_who_does_what_from_here(status: Status, actors: dict[str, Actor]) -> None:
    wrong: list[str] = []
    # A clinician acts on their own patients.
    request = make_request(status, person=PERSON, assignee=actors[Role.CLINICIAN].user)
    make_request(person=PERSON)
    for verb in VERBS:
        if verb in (Verb.REPLY, Verb.WRITE) and _is_the_other_one(verb, status):
            continue
        with transaction.atomic():
            _prepare(verb, request)
            before = _rows(request)
            for name, by in actors.items():
                got, wanted = _outcome(verb, request, by, before), _wanted(verb, status, by)
                if got != wanted:
                    wrong.append(f"{verb} by {name}: {got}, not {wanted}")
            transaction.set_rollback(True)
    assert wrong == []


def _is_the_other_one(verb: Verb, status: Status) -> bool:
    """Whether a patient's words are the other verb here: a reply while we wait for one, else a message."""
    waiting = status == Status.WAITING_FOR_PATIENT
    return status in OPEN and waiting == (verb == Verb.WRITE)


def _wanted(verb: Verb, status: Status, by: Actor) -> str:
    sources, target, roles, _notice = ROWS[verb]
    if not by.roles & roles:
        return NotAllowed.__name__
    if status not in sources or (verb == Verb.MERGE and status in NOT_MERGED):
        return NotPossible.__name__
    return f"one event, now {target or status}"


def _outcome(verb: Verb, request: ConsultationRequest, by: Actor, before: Rows) -> str:
    refused = ""
    with transaction.atomic():
        try:
            VERBS[verb](ConsultationRequest.objects.get(pk=request.pk), by=by)
        except BookingError as refusal:
            refused = type(refusal).__name__
        # Read before our own rolling back: a refusal leaves nothing behind of its own accord.
        after = _rows(request)
        transaction.set_rollback(True)
    if refused:
        return refused if after == before else f"{refused}, yet changed"
    new = [told for pk, told in after.events if (pk, told) not in before.events]
    return f"{'one event' if new == [verb] else new}, now {after.row['status']}"


def _prepare(verb: Verb, request: ConsultationRequest) -> None:
    """Let everything but status and role be as the verb needs it."""
    if verb in (Verb.MARK_SEEN, Verb.MARK_NO_SHOW) and request.status == Status.SCHEDULED:
        begin_visit(request)
    if verb == Verb.LAPSE_OFFERS:
        request.visits.on_offer().update(held_until=timezone.now() - dt.timedelta(minutes=1))
    if verb == Verb.REVOKE_LINKS:
        make_link(request)
    if verb == Verb.MARK_READ and request.status in OPEN:
        ConsultationRequest.objects.filter(pk=request.pk).update(news=PatientActivity.REPLY)
    if verb == Verb.MARK_UNREAD and request.status in OPEN:
        ConsultationRequest.objects.filter(pk=request.pk).update(read_news=PatientActivity.REPLY)


def _rows(request: ConsultationRequest) -> Rows:
    row = ConsultationRequest.objects.filter(pk=request.pk).values().get()
    return Rows(row, list(request.events.values_list("pk", "verb")), list(request.visits.values()))
