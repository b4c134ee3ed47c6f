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
from booking.admin.reading.steps import VerbButton, next_verb, step
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
class QueueRow:
    """A request in the queue."""

    request: ConsultationRequest
    url: str
    name: str
    ageing: Ageing
    priority: PriorityMark
    flags: list[Flag]
    assignee: str
    initials: str
    step: VerbButton | None
    pressing: bool


def make_row(
    consultation: ConsultationRequest,
    group: QueueGroup,
    actor: Actor,
    now: datetime,
    calendar: Calendar,
    *,
    address: str,
) -> QueueRow:
    """Return a row of a group; visit and staff of `consultation` must be loaded."""
    again = call_back_due(consultation, now)
    # Whoever waits for a planned call is told the rest in it.
    untold = group == QueueGroup.SAME_DAY and not consultation.owes_a_reply
    calls = (group == QueueGroup.CALLS or untold) and not again
    twin = getattr(consultation, "has_twin", False) and group != QueueGroup.FINISHED
    beside = (
        (calls, TO_CALL),
        (again, Flag(call_back_words(consultation, now), "phone-call")),
        (consultation.news, NEWS),
        (twin, TWIN),
    )
    verb = next_verb(consultation, actor, now, calls=calls)
    return QueueRow(
        request=consultation,
        url=reverse("admin:booking_consultationrequest_change", args=[consultation.pk]) + address,
        name=shown_name(consultation),
        ageing=_ageing(consultation, group, now, calendar),
        priority=priority_mark(consultation, sees_answers=bool(actor.roles & SEE_ANSWERS)),
        flags=[*flags_of(consultation), *(flag for applies, flag in beside if applies)],
        assignee=staff_name(consultation.assignee),
        initials=initials(consultation.assignee),
        step=step(consultation, verb) if verb else None,
        pressing=group in FILLED,
    )


def _ageing(
    consultation: ConsultationRequest, group: QueueGroup, now: datetime, calendar: Calendar
) -> Ageing:
    until = getattr(consultation, "held_until", None)
    return (
        lapsing(until, now) if group == QueueGroup.LAPSING and until else ageing(consultation, now, calendar)
    )


def priority_mark(consultation: ConsultationRequest, *, sees_answers: bool) -> PriorityMark:
    """Return the priority with what led to it: rules by words and code, or the colleague who set it."""
    icon = PRIORITY_ICONS[consultation.priority]
    label = consultation.get_priority_display()
    if consultation.priority_set_by:
        was = consultation.get_suggested_priority_display()
        why = _("Suggested: %(priority)s") % {"priority": was}
        by = _("%(priority)s, set by %(who)s") % {
            "priority": label,
            "who": staff_name(consultation.priority_set_by),
        }
        return PriorityMark("set", by, icon, why)
    return PriorityMark(consultation.priority, label, icon, _reasons(consultation, sees_answers=sees_answers))


def _reasons(consultation: ConsultationRequest, *, sees_answers: bool) -> str:
    if not consultation.priority_reasons:
        return _("No rule fired")
    if not sees_answers:
        return _("Safety note")
    known = [(code, words) for code in consultation.priority_reasons if (words := words_of(code))]
    return "; ".join(f"{_short(words)} ({code})" for code, words in known)


def _short(text: str) -> str:
    """Return the first words of a question or rule: enough to know which one it is."""
    words = text.split()
    return text if len(words) <= 7 else " ".join(words[:6]).rstrip(",") + "…"


def shown_name(consultation: ConsultationRequest) -> str:
    # One document that does not open must not take the whole queue away.
    try:
        return consultation.person.short_name
    except SealBroken:
        return _("Sealed, does not open")
