"""log_contact: what came of a call to the patient."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from booking.actions._actor import Actor
from booking.actions._transition import begin
from booking.models import ConsultationRequest
from booking.rules.reasons import ContactOutcome
from booking.rules.transitions import Verb


@transaction.atomic
def log_contact(
    request: ConsultationRequest, outcome: ContactOutcome, *, by: Actor, seen_version: int | None = None
) -> ConsultationRequest:
    """Record a call; one that reached the patient keeps the promise and tells what no e-mail could."""
    move = begin(request, Verb.LOG_CONTACT, by=by, seen_version=seen_version)
    if outcome == ContactOutcome.REACHED:
        move.answered()
        move.request.messages.to_tell().update(told_at=timezone.now())
    return move.finish({"outcome": outcome.value})
