"""wish_earlier: the patient would come earlier, should a time come free; or does not want to any more."""

from __future__ import annotations

from django.db import transaction

from booking.actions._actor import Actor
from booking.actions._transition import begin
from booking.models import ConsultationRequest, EarlierWish
from booking.rules.transitions import Verb


@transaction.atomic
def wish_earlier(
    request: ConsultationRequest, *, wanted: bool, by: Actor, seen_version: int | None = None
) -> ConsultationRequest:
    """Put the request on the list for an earlier time, or take it off; the oldest wish keeps its place."""
    move = begin(request, Verb.WISH_EARLIER, by=by, seen_version=seen_version)
    if wanted:
        EarlierWish.objects.get_or_create(request=move.request, defaults={"noted_by": by.user})
    else:
        EarlierWish.objects.filter(request=move.request).delete()
    return move.finish({"wanted": wanted})
