"""submit: a patient's draft becomes a request."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest, Now

from booking.actions._actor import Actor
from booking.actions._evidence import labels_of
from booking.actions._make import make_request
from booking.models import ConsultationRequest, Draft
from booking.models.request import Source
from booking.rules.abuse import Sign
from booking.rules.documents import Answers, Person
from booking.rules.retention import SENT_PAGE_SHOWN
from booking.rules.transitions import Verb


@transaction.atomic
def submit(
    draft: Draft, person: Person, answers: Answers, *, by: Actor, signs: Sequence[Sign] = ()
) -> ConsultationRequest:
    """Make one request of a draft, however often this is called; the draft's answers are wiped.

    Whoever comes second waits for the lock and gets the request that the first one made. With `signs` that
    no patient wrote it, it comes to staff in a list of its own.
    """
    locked = Draft.objects.select_for_update().get(pk=draft.pk)
    if locked.request:
        return locked.request
    answers = answers.changed(labels=labels_of(answers.topic))
    consultation = make_request(
        person, answers, Verb.SUBMIT, by=by, source=Source.WEB, key=locked.idempotency_key, signs=signs
    )
    locked.request = consultation
    locked.sealed_steps = b""
    # Whatever the clock of the machine that began it said: a draft may not end before it began.
    locked.expires_at = Greatest(Now(), F("created_at")) + SENT_PAGE_SHOWN
    locked.save()
    return consultation
