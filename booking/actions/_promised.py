"""When the reply that a request waits for was promised: its reply-by time is counted from then."""

from __future__ import annotations

from typing import Final

from django.db.models import DateTimeField, OuterRef, Q, Subquery
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce

from booking.models import Event
from booking.rules.transitions import TRANSITIONS, Verb

# The verbs that promise a reply.
PROMISED_BY: Final = frozenset(verb for verb, row in TRANSITIONS.items() if row.promises)


def promised_at() -> Coalesce:
    """Return, for a query of requests, the moment that the last promise counts from.

    A merge may take over the promise of the other request, which was given before the merge.
    """
    taken_over = Q(verb=Verb.MERGE, codes__has_key="promised_at")
    promises = Event.objects.filter(Q(verb__in=PROMISED_BY) | taken_over, request=OuterRef("pk"))
    moment = Coalesce(Cast(KT("codes__promised_at"), DateTimeField()), "at")
    return Coalesce(Subquery(promises.order_by("-at", "-id").values(moment=moment)[:1]), "received_at")
