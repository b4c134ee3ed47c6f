"""What a message tells: the facts behind its words, checked again at the moment when it goes out."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.urls import reverse

from booking.actions.links import token_for
from booking.actions.outdated_notices import is_outdated, visit_of
from booking.delivery.failures import OVERTAKEN, CannotBeSent
from booking.delivery.words import ONWARD, WHY_CLOSED
from booking.models import Message, Visit
from booking.rules.notices import OFFERS, TELLS_A_TIME, TO_STAFF, Notice
from treatments.clinic.clinic import clinic_facts

# What ends a visit, if there was one, and takes it out of calendars.
ENDS_A_VISIT: Final = frozenset({Notice.VISIT_CANCELLED, Notice.CLOSED, Notice.WITHDRAWN})
CHANGES_A_CALENDAR: Final = frozenset({Notice.VISIT_AGREED, Notice.VISIT_MOVED}) | ENDS_A_VISIT


def context(message: Message, notice: Notice) -> dict[str, Any]:
    """Return what the template of a message may say. Raises CannotBeSent when it is no longer true."""
    if is_outdated(message):
        raise CannotBeSent(OVERTAKEN)
    consultation, facts = message.request, clinic_facts()
    reason = message.event.codes.get("reason", "")
    common = {
        "reference": consultation.shown_reference,
        "reply_by": consultation.reply_by,
        "phone": facts.phone_display if facts else "",
        "onward": ONWARD.get(reason, ""),
        "why_closed": WHY_CLOSED.get(reason, ""),
    }
    if notice in TO_STAFF:
        path = reverse("admin:booking_consultationrequest_change", args=[consultation.pk])
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


def _moments(message: Message, notice: Notice) -> dict[str, Any]:
    visit = visit_of(message) if notice in TELLS_A_TIME else None
    if visit:
        return {"starts_at": visit.starts_at}
    if notice in OFFERS:
        return {"held_until": datetime.fromisoformat(message.event.codes["until"])}
    return {}
