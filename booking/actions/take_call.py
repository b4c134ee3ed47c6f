"""take_call: staff type in a request that came by phone."""

from __future__ import annotations

from uuid import UUID

from django.db import IntegrityError, transaction

from booking.actions._actor import Actor
from booking.actions._make import make_request
from booking.models import ConsultationRequest
from booking.models.request import Source
from booking.rules.documents import Answers, Person
from booking.rules.transitions import Verb


def take_call(person: Person, answers: Answers, *, by: Actor, key: UUID) -> ConsultationRequest:
    """Make a request from a call; `key` comes with the form, so that a double click makes one.

    Raises NotAllowed for a role that takes no calls.
    """
    try:
        with transaction.atomic():
            return make_request(person, answers, Verb.TAKE_CALL, by=by, source=Source.PHONE, key=key)
    except IntegrityError:
        made = ConsultationRequest.objects.filter(idempotency_key=key).first()
        if made is None:
            raise
        return made
