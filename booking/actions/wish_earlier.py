"""wish_earlier and ask_earlier: somebody would come earlier, should a time come free; or does not want to.

Staff note it from a call; patients with an agreed visit ask for it on their page. The visit stays theirs, and
nothing is promised: they stand on a list. Who left the list and asks again stands at its end.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from booking.actions._actor import Actor
from booking.actions._transition import begin
from booking.actions._wishes import keep_wishes
from booking.actions.visits import agreed_visit
from booking.models import ConsultationRequest, EarlierWish
from booking.rules.notice_period import NoticePeriod
from booking.rules.transitions import Verb


@transaction.atomic
def wish_earlier(
    consultation: ConsultationRequest, *, wanted: bool, by: Actor, seen_version: int | None = None
) -> ConsultationRequest:
    """Put the request on the list for an earlier time, or take it off; the oldest wish keeps its place."""
    move = begin(consultation, Verb.WISH_EARLIER, by=by, seen_version=seen_version)
    if wanted:
        EarlierWish.objects.get_or_create(request=move.request, defaults={"noted_by": by.user})
    else:
        EarlierWish.objects.filter(request=move.request).delete()
    return move.finish({"wanted": wanted})


@transaction.atomic
def ask_earlier(
    consultation: ConsultationRequest,
    *,
    ahead: NoticePeriod | None,
    by: Actor,
    times: Sequence[str] | None = None,
    seen_version: int | None = None,
) -> ConsultationRequest:
    """Put the patient on the list, to be told at least so long `ahead`; None takes them off it.

    `times` are the half days that suit, codes of HalfDay (None: as before). Whoever stands on the list keeps
    the place. Raises NotPossible once the visit has begun.
    """
    move = begin(consultation, Verb.ASK_EARLIER, by=by, seen_version=seen_version)
    agreed_visit(move)
    if ahead is None:
        EarlierWish.objects.filter(request=move.request).delete()
        return move.finish({"wanted": False})
    EarlierWish.objects.update_or_create(request=move.request, defaults={"ahead": ahead, "noted_by": None})
    changed = keep_wishes(move.request, times)
    return move.finish({"wanted": True, "ahead": ahead.value} | ({"fields": changed} if changed else {}))
