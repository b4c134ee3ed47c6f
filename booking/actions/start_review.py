"""start_review: a nurse or clinician begins to read."""

from __future__ import annotations

from django.db import transaction

from booking.actions._actor import Actor
from booking.actions._transition import begin
from booking.models import ConsultationRequest
from booking.rules.transitions import Verb


@transaction.atomic
def start_review(
    consultation: ConsultationRequest, *, by: Actor, seen_version: int | None = None
) -> ConsultationRequest:
    """Move a new request into review, and give it to whoever reads it unless somebody has it."""
    move = begin(consultation, Verb.START_REVIEW, by=by, seen_version=seen_version)
    if move.request.assignee_id is None:
        move.request.assignee = by.user
    return move.finish()
