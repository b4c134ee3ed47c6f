"""One row of the queue: what a person may see of a request in a list, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from booking.actions import Actor
from booking.admin.base.words import initials, staff_name
from booking.admin.lists.ageing import Ageing, ageing, lapsing
from booking.admin.lists.call_backs import call_back_due, call_back_words
from booking.admin.lists.flags import NEWS, PRIORITY_ICONS, TO_CALL, TWIN, Flag, flags_of
from booking.admin.lists.urgency import QueueGroup
from booking.admin.reading.steps import Step, next_verb, step
from booking.models import ConsultationRequest
from booking.models.sealed import SealBroken
from booking.rules.reply_by import Calendar
from booking.rules.roles import SEE_ANSWERS
from booking.rules.triage import words_of

FILLED = frozenset({QueueGroup.SAME_DAY, QueueGroup.OVERDUE, QueueGroup.CALLS, QueueGroup.NEWS})


@dataclass(frozen=True)
class PriorityMark:
    """The pill of a priority and the reason under it."""

    code: str
    label: str
    icon: str
    why: str


@dataclass(frozen=True)
class Row:
    """A request in the queue."""

    request: ConsultationRequest
    url: str
    name: str
    ageing: Ageing
    priority: PriorityMark
    flags: list[Flag]
    assignee: str
    initials: str
    step: Step | None
    pressing: bool


def make_row(
    request: ConsultationRequest,
    group: QueueGroup,
    actor: Actor,
    now: datetime,
    calendar: Calendar,
    *,
    address: str,
) -> Row:
    """Return a row of a group; visit and staff of `request` must be loaded."""
    again = call_back_due(request, now)
    # Whoever waits for a planned call is told the rest in it.
    untold = group == QueueGroup.SAME_DAY and not request.owes_a_reply
    calls = (group == QueueGroup.CALLS or untold) and not again
    twin = getattr(request, "has_twin", False) and group != QueueGroup.FINISHED
    beside = (
        (calls, TO_CALL),
        (again, Flag(call_back_words(request, now), "phone-call")),
        (request.news, NEWS),
        (twin, TWIN),
    )
    verb = next_verb(request, actor, now, calls=calls)
    return Row(
        request=request,
        url=reverse("admin:booking_consultationrequest_change", args=[request.pk]) + address,
        name=shown_name(request),
        ageing=_ageing(request, group, now, calendar),
        priority=priority_mark(request, sees_answers=bool(actor.roles & SEE_ANSWERS)),
        flags=[*flags_of(request), *(flag for applies, flag in beside if applies)],
        assignee=staff_name(request.assignee),
        initials=initials(request.assignee),
        step=step(request, verb) if verb else None,
        pressing=group in FILLED,
    )


def _ageing(request: ConsultationRequest, group: QueueGroup, now: datetime, calendar: Calendar) -> Ageing:
    until = getattr(request, "held_until", None)
    return lapsing(until, now) if group == QueueGroup.LAPSING and until else ageing(request, now, calendar)


def priority_mark(request: ConsultationRequest, *, sees_answers: bool) -> PriorityMark:
    """Return the priority with what led to it: rules by words and code, or the colleague who set it."""
    icon = PRIORITY_ICONS[request.priority]
    label = request.get_priority_display()
    if request.priority_set_by:
        was = request.get_suggested_priority_display()
        why = _("Suggested: %(priority)s") % {"priority": was}
        by = _("%(priority)s, set by %(who)s") % {
            "priority": label,
            "who": staff_name(request.priority_set_by),
        }
        return PriorityMark("set", by, icon, why)
    return PriorityMark(request.priority, label, icon, _reasons(request, sees_answers=sees_answers))


def _reasons(request: ConsultationRequest, *, sees_answers: bool) -> str:
    if not request.priority_reasons:
        return _("No rule fired")
    if not sees_answers:
        return _("Safety note")
    known = [(code, words) for code in request.priority_reasons if (words := words_of(code))]
    return "; ".join(f"{_short(words)} ({code})" for code, words in known)


def _short(text: str) -> str:
    """Return the first words of a question or rule: enough to know which one it is."""
    words = text.split()
    return text if len(words) <= 7 else " ".join(words[:6]).rstrip(",") + "…"


def shown_name(request: ConsultationRequest) -> str:
    # One document that does not open must not take the whole queue away.
    try:
        return request.person.short_name
    except SealBroken:
        return _("Sealed, does not open")
