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
from booking.admin.reading.answers import AnswerLine, safety_notes
from booking.admin.reading.contact import contact, wishes
from booking.admin.reading.rows import priority_mark
from booking.hours.clinic import calendar
from booking.models import ConsultationRequest
from booking.rules.documents import Answers


def header(request: HttpRequest, consultation: ConsultationRequest, now: datetime) -> dict[str, Any]:
    """Return the request in a few lines. The look must be on record, visit and staff loaded."""
    clinical, person = sees_answers(request), consultation.person
    answers = consultation.answers if clinical else None
    return {
        "ageing": ageing(consultation, now, calendar()),
        "priority": priority_mark(consultation, sees_answers=clinical),
        "visit": consultation.visit,
        "flags": flags_of(consultation),
        "safety": safety_notes(consultation, answers) if answers else [],
        "contact": contact(person),
        "lines": [
            AnswerLine(_("Suits"), (wishes(person) or _("Any time"),)),
            *_told(answers),
            AnswerLine(_("Assigned"), (staff_name(consultation.assignee),)),
        ],
    }


def _told(answers: Answers | None) -> list[AnswerLine]:
    if answers is None:
        return []
    words = [
        AnswerLine(_("Hopes for"), (answers.reason,), quoted=True),
        AnswerLine(_("In their words"), (answers.in_own_words,), quoted=True),
    ]
    return [line for line in words if line.values[0]]
