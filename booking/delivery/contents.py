"""What a message tells: the facts behind its words, checked again at the moment when it goes out."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from booking.actions.links import token_for
from booking.delivery.failures import OVERTAKEN, CannotBeSent
from booking.delivery.words import ONWARD, WHY_CLOSED
from booking.models import Message, Visit
from booking.models.visit import VisitState
from booking.rules.notices import TO_STAFF, Notice
from booking.rules.statuses import Status
from booking.rules.transitions import Verb
from treatments.clinic import clinic_facts

TELLS_A_TIME: Final = frozenset(
    {Notice.VISIT_AGREED, Notice.VISIT_MOVED, Notice.REMINDER_DAYS, Notice.REMINDER_HOURS}
)
OFFERS: Final = frozenset({Notice.TIMES_OFFERED, Notice.OFFER_LAPSING})
# What ends a visit, if there was one, and takes it out of calendars.
ENDS_A_VISIT: Final = frozenset({Notice.VISIT_CANCELLED, Notice.CLOSED, Notice.WITHDRAWN})
CHANGES_A_CALENDAR: Final = frozenset({Notice.VISIT_AGREED, Notice.VISIT_MOVED}) | ENDS_A_VISIT


def context(message: Message, notice: Notice) -> dict[str, Any]:
    """Return what the template of a message may say. Raises CannotBeSent when it is no longer true."""
    request, facts = message.request, clinic_facts()
    reason = message.event.codes.get("reason", "")
    common = {
        "reference": request.shown_reference,
        "reply_by": request.reply_by,
        "phone": facts.phone_display if facts else "",
        "onward": ONWARD.get(reason, ""),
        "why_closed": WHY_CLOSED.get(reason, ""),
    }
    if notice in TO_STAFF:
        path = reverse("admin:booking_consultationrequest_change", args=[request.pk])
        return {**common, "link": f"{settings.SITE_URL}{path}"}
    return {**common, **_moments(message, notice), "link": private_link(message)}


def private_link(message: Message) -> str:
    """Return the address that only this message holds, or "" when it carries none."""
    token = token_for(message)
    # In the language of the message, which is the active one.
    return f"{settings.SITE_URL}{reverse('patient:open', args=[token])}" if token else ""


def announced(message: Message) -> Visit | None:
    """Return the visit that goes with a message as a calendar file, if one does."""
    ends = message.notice in ENDS_A_VISIT
    # The end of a request is the end of a visit only when its event names one.
    if message.notice not in CHANGES_A_CALENDAR or (ends and "visit" not in message.event.codes):
        return None
    return visit_of(message)


def visit_of(message: Message) -> Visit | None:
    """Return the visit that the event of a message is about."""
    known = message.event.codes.get("visit")
    if known:
        return Visit.objects.select_related("request").filter(pk=known).first()
    return message.request.visit


def _moments(message: Message, notice: Notice) -> dict[str, Any]:
    if notice in TELLS_A_TIME:
        return {"starts_at": _agreed(message).starts_at}
    if notice in OFFERS:
        return {"held_until": _offered_until(message)}
    if notice == Notice.OVERDUE and message.request.answered_at:
        raise CannotBeSent(OVERTAKEN)
    return {}


def _agreed(message: Message) -> Visit:
    visit = visit_of(message)
    known = message.event.codes.get("sequence")
    # Cancelled, moved or begun since: telling this time would send somebody on a useless way.
    if visit is None or visit.state != VisitState.BOOKED or known not in (None, visit.sequence):
        raise CannotBeSent(OVERTAKEN)
    if visit.starts_at <= timezone.now():
        raise CannotBeSent(OVERTAKEN)
    return visit


def _offered_until(message: Message) -> datetime:
    until = message.event.codes.get("until")
    latest = message.request.events.filter(verb=Verb.OFFER_TIMES).first()
    if message.request.status != Status.TIMES_OFFERED or latest != message.event or not until:
        raise CannotBeSent(OVERTAKEN)
    return datetime.fromisoformat(until)
