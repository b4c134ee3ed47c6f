"""set_priority: staff decide how soon, and say why."""

from __future__ import annotations

from django.db import transaction

from booking.actions._actor import Actor
from booking.actions._transition import begin
from booking.models import ConsultationRequest
from booking.rules.priority import Priority
from booking.rules.reasons import PriorityReason
from booking.rules.transitions import Verb


@transaction.atomic
def set_priority(
    consultation: ConsultationRequest,
    priority: Priority,
    reason: PriorityReason,
    *,
    by: Actor,
    seen_version: int | None = None,
) -> ConsultationRequest:
    """Set the priority by hand; what the rules suggested is kept beside it."""
    move = begin(consultation, Verb.SET_PRIORITY, by=by, seen_version=seen_version)
    before = move.request.priority
    move.request.priority = priority
    move.request.priority_set_by = by.user
    return move.finish({"from": before, "to": priority.value, "reason": reason.value})
