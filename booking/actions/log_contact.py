"""log_contact: what came of a call to the patient, and when to call again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from booking.actions._actor import Actor
from booking.actions._transition import begin
from booking.models import ConsultationRequest, Message
from booking.rules.call_back import why_not_then
from booking.rules.errors import NotPossible
from booking.rules.reasons import ContactOutcome
from booking.rules.statuses import FINAL
from booking.rules.transitions import Verb


@transaction.atomic
def log_contact(
    consultation: ConsultationRequest,
    outcome: ContactOutcome,
    *,
    by: Actor,
    call_back_at: datetime | None = None,
    seen_version: int | None = None,
) -> ConsultationRequest:
    """Record a call; one that reached the patient keeps the promise and tells what no e-mail could.

    `call_back_at` replaces the next call that was planned; without it none is planned any more. Raises
    NotPossible for a time that is over or too far off, a patient who was reached, or a finished request.
    """
    move = begin(consultation, Verb.LOG_CONTACT, by=by, seen_version=seen_version)
    if call_back_at and (sentence := _why_not_again(move.came_from, outcome, call_back_at)):
        raise NotPossible(sentence)
    move.request.call_back_at = call_back_at
    if outcome == ContactOutcome.REACHED:
        move.answered()
        # Of the requests that went on in this one too: it is the same person on the phone.
        untold = Message.objects.filter(request__in=move.request.family()).to_tell()
        untold.update(told_at=timezone.now())
    again = {"call_back_at": call_back_at.isoformat()} if call_back_at else {}
    return move.finish({"outcome": outcome.value, **again})


def _why_not_again(status: str, outcome: ContactOutcome, at: datetime) -> str:
    if outcome == ContactOutcome.REACHED:
        return _("You reached the patient: no other call is planned.")
    if status in FINAL:
        return _("This request is finished: no other call is planned.")
    return why_not_then(at, timezone.now())
