"""What stands beside the page of a verb: the request in a few lines, so that nobody decides from memory."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from booking.admin.base.access import sees_answers
from booking.admin.base.words import staff_name
from booking.admin.lists.ageing import ageing
from booking.admin.lists.flags import flags_of
from booking.admin.reading.answers import Line, safety_notes
from booking.admin.reading.contact import contact, wishes
from booking.admin.reading.rows import priority_mark
from booking.hours.clinic import calendar
from booking.models import ConsultationRequest
from booking.rules.documents import Answers


def header(http: HttpRequest, request: ConsultationRequest, now: datetime) -> dict[str, Any]:
    """Return the request in a few lines. The look must be on record, visit and staff loaded."""
    clinical, person = sees_answers(http), request.person
    answers = request.answers if clinical else None
    return {
        "ageing": ageing(request, now, calendar()),
        "priority": priority_mark(request, sees_answers=clinical),
        "visit": request.visit,
        "flags": flags_of(request),
        "safety": safety_notes(request, answers) if answers else [],
        "contact": contact(person),
        "lines": [
            Line(_("Suits"), (wishes(person) or _("Any time"),)),
            *_told(answers),
            Line(_("Assigned"), (staff_name(request.assignee),)),
        ],
    }


def _told(answers: Answers | None) -> list[Line]:
    if answers is None:
        return []
    words = [
        Line(_("Hopes for"), (answers.reason,), quoted=True),
        Line(_("In their words"), (answers.in_own_words,), quoted=True),
    ]
    return [line for line in words if line.values[0]]
