"""withdraw: the patient takes the request back."""

from __future__ import annotations

from django.db import transaction

from booking.actions._actor import Actor
from booking.actions._calendar import codes_of, free_times
from booking.actions._transition import begin
from booking.actions.links import shorten_links
from booking.actions.visits import agreed_visit
from booking.models import ConsultationRequest
from booking.rules.statuses import Status
from booking.rules.transitions import Verb


@transaction.atomic
def withdraw(
    consultation: ConsultationRequest, *, by: Actor, seen_version: int | None = None
) -> ConsultationRequest:
    """End the request; held times and an agreed visit are free again. The links open it two weeks more.

    Raises NotPossible once the visit has begun.
    """
    move = begin(consultation, Verb.WITHDRAW, by=by, seen_version=seen_version)
    if move.came_from == Status.SCHEDULED:
        agreed_visit(move)
    visit = free_times(move.request)
    move.request.visit = None
    move.request.news = ""
    shorten_links(move.request)
    return move.finish(codes_of(visit) if visit else None, tell_staff=True)
