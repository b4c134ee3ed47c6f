"""move_promise: the clinic's days changed, so each reply that is still owed is due at another time."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from booking.actions._actor import Actor
from booking.actions._promised import promised_at
from booking.actions._transition import begin
from booking.hours.clinic import promised_reply
from booking.models import ConsultationRequest
from booking.rules.errors import BookingError
from booking.rules.transitions import Verb
from treatments.clinic import clinic


def move_promises() -> int:
    """Work every owed reply out anew, each in its own transaction; return how many moved."""
    # Another process changed the hours: what this one read a moment ago may be older.
    clinic.forget()
    owed = ConsultationRequest.objects.owed().order_by("reply_by")
    rows = list(owed.values_list("pk", "reply_by", "received_at", promised_at()))
    moved = (
        # A promise that a merge took over may have run out before this request came in.
        (pk, reply_by, max(promised_reply(promised), received_at))
        for pk, reply_by, received_at, promised in rows
    )
    return sum(_move(pk, before, after) for pk, before, after in moved if before != after)


@transaction.atomic
def _move(pk: UUID, before: datetime, after: datetime) -> bool:
    # A verb that promised anew meanwhile knew the new days already.
    consultation = ConsultationRequest.objects.owed().filter(pk=pk, reply_by=before).first()
    if consultation is None:
        return False
    try:
        move = begin(consultation, Verb.MOVE_PROMISE, by=Actor.system(), seen_version=consultation.version)
    except BookingError:
        return False
    move.request.reply_by = after
    move.request.first_reply_by = _first_promise(move.request)
    move.finish({"from": before.isoformat(), "to": after.isoformat()})
    return True


def _first_promise(consultation: ConsultationRequest) -> datetime | None:
    """Return until when the first contact is promised now.

    It moves along while it lies ahead, before and after the move. What was kept, or ran out, stays as it was:
    a day that is closed afterwards changes no figure of the past.
    """
    kept, moved = consultation.first_reply_by, promised_reply(consultation.received_at)
    if kept is None or consultation.first_contact_at or min(kept, moved) <= timezone.now():
        return kept
    return moved
