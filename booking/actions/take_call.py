"""take_call: staff type in a request that came by phone."""

from __future__ import annotations

from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from booking.actions._actor import Actor
from booking.actions._make import make_request
from booking.models import ConsultationRequest
from booking.models.request import Source
from booking.rules.documents import Answers, Person
from booking.rules.errors import NotPossible
from booking.rules.transitions import Verb


def take_call(person: Person, answers: Answers, *, by: Actor, key: UUID) -> ConsultationRequest:
    """Make a request from a call; `key` comes with the form, so that a double click makes one.

    Raises NotAllowed for a role that takes no calls, NotPossible when the form comes again with other
    answers: nothing of them would be kept.
    """
    try:
        with transaction.atomic():
            return make_request(person, answers, Verb.TAKE_CALL, by=by, source=Source.PHONE, key=key)
    except IntegrityError:
        made = ConsultationRequest.objects.filter(idempotency_key=key).first()
        if made is None:
            raise
        if (made.person, made.answers) != (person, answers):
            raise NotPossible(
                _("This call is kept already, as request %(reference)s. Correct the details there.")
                % {"reference": made.shown_reference}
            ) from None
        return made
