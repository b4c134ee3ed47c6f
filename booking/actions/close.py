"""decline, close and reopen: ends without a visit, and the way back."""

from __future__ import annotations

from typing import Final

from django.db import transaction

from booking.actions._actor import Actor
from booking.actions._calendar import codes_of, free_times
from booking.actions._outbox import queue_once
from booking.actions._transition import Move, begin
from booking.actions.links import revoke, shorten_links
from booking.actions.visits import agreed_visit
from booking.models import ConsultationRequest, Message, Visit
from booking.rules.notices import Notice
from booking.rules.reasons import CloseReason, DeclineReason, ReopenReason
from booking.rules.statuses import Status
from booking.rules.transitions import TRANSITIONS, Verb

SILENT: Final = frozenset({CloseReason.SPAM})
# What ends a request together with its visit: the one notice of it tells both.
ENDS_A_VISIT: Final = (Verb.CLOSE, Verb.WITHDRAW)


@transaction.atomic
def decline(
    consultation: ConsultationRequest, reason: DeclineReason, *, by: Actor, seen_version: int | None = None
) -> ConsultationRequest:
    """Say that the clinic cannot take the request; the reason decides the onward advice in the message."""
    move = begin(consultation, Verb.DECLINE, by=by, seen_version=seen_version)
    move.answered()
    return _end(move, reason.value, tell_patient=True)


@transaction.atomic
def close(
    consultation: ConsultationRequest, reason: CloseReason, *, by: Actor, seen_version: int | None = None
) -> ConsultationRequest:
    """End an open request; a visit that was agreed is cancelled. Spam gets no answer, and its links shut.

    Raises NotPossible once the visit has begun: first it is said whether the patient was seen.
    """
    move = begin(consultation, Verb.CLOSE, by=by, seen_version=seen_version)
    if move.came_from == Status.SCHEDULED:
        agreed_visit(move)
    return _end(move, reason.value, tell_patient=reason not in SILENT)


@transaction.atomic
def reopen(
    consultation: ConsultationRequest, reason: ReopenReason, *, by: Actor, seen_version: int | None = None
) -> ConsultationRequest:
    """Bring a finished request back into review, with a new promise.

    The visit that it ended with stays cancelled: who was not told of it yet is told so by itself.
    """
    move = begin(consultation, Verb.REOPEN, by=by, seen_version=seen_version)
    move.request.outcome_reason = ""
    move.request.visit = None
    # One that was merged goes on by itself again.
    move.request.merged_into = None
    move.owe_a_reply()
    reopened = move.finish({"reason": reason.value})
    _tell_of_cancelled_visit(move)
    return reopened


def _tell_of_cancelled_visit(move: Move) -> None:
    """Queue it when the notice of the end, which is not true any more, has not told it."""
    ended = move.request.events.filter(verb__in=ENDS_A_VISIT).first()
    if ended is None or not Visit.objects.to_come().filter(pk=ended.codes.get("visit")).exists():
        return
    notice = TRANSITIONS[Verb(ended.verb)].notice
    if not Message.objects.filter(event=ended, notice=notice).told().exists():
        queue_once(move.request, ended, Notice.VISIT_CANCELLED)


def _end(move: Move, reason: str, *, tell_patient: bool) -> ConsultationRequest:
    move.request.outcome_reason = reason
    move.request.news = ""
    visit = free_times(move.request)
    if tell_patient:
        shorten_links(move.request)
    else:
        revoke(move.request.links.all())
    codes = codes_of(visit) if visit else {}
    return move.finish({"reason": reason, **codes}, tell_patient=tell_patient)
