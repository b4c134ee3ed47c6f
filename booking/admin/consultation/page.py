"""The request page: what a person may see of one request, in words."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from booking.actions import Actor
from booking.admin.base.access import actor_of, sees_answers
from booking.admin.base.paging import paged_rows
from booking.admin.base.words import initials, staff_name
from booking.admin.consultation.earlier_visits import earlier_visits, outcome
from booking.admin.consultation.injection_precautions import injection_precautions
from booking.admin.consultation.links import link_state
from booking.admin.consultation.live_updates import also_opened
from booking.admin.consultation.merged import merged
from booking.admin.consultation.related import RelatedRows, related_rows
from booking.admin.lists.ageing import ageing
from booking.admin.lists.filters import Filters
from booking.admin.lists.flags import flags_of
from booking.admin.queue import neighbours
from booking.admin.reading.answers import (
    AnswerSection,
    by_urgency,
    history,
    peg,
    safety_notes,
    same_day_care,
    symptoms,
)
from booking.admin.reading.calls_owed import calls_owed
from booking.admin.reading.contact import contact, wishes
from booking.admin.reading.duplicates import Other, as_others
from booking.admin.reading.rows import priority_mark
from booking.admin.reading.steps import not_now, steps, verb_url
from booking.admin.reading.timeline import timeline
from booking.admin.reading.undelivered import why_failed
from booking.hours.clinic import calendar, today
from booking.models import ConsultationRequest
from booking.models.access import Look, who_may_look
from booking.models.request import Source
from booking.rules.documents import Person
from booking.rules.patient_activity import PatientActivity
from booking.rules.safety import Level
from booking.rules.statuses import OPEN
from booking.rules.transitions import TRANSITIONS, Verb

# What the rules call same day or worse is drawn with the red edge.
URGENT: Final = frozenset({Level.EMERGENCY, Level.SAME_DAY})


def request_page(request: HttpRequest, consultation: ConsultationRequest) -> dict[str, Any]:
    """Return what the request page shows. The look must be on record before this is called."""
    actor, now, filters = actor_of(request), timezone.now(), Filters.read(request.GET)
    person = consultation.person
    # What was merged into this one is read here as if it had been written here.
    found = related_rows(request, consultation, person, now)
    calls = calls_owed(consultation, found.to_tell)
    place, of, before, after = neighbours(request, consultation, found.listed)
    messages = paged_rows(request, "messages", found.messages, "created_at")
    others = as_others(consultation, person, found.alike)
    return {
        "consultation": consultation,
        "person": person,
        "now": now,
        "ageing": ageing(consultation, now, calendar()),
        "priority": priority_mark(consultation, sees_answers=sees_answers(request)),
        "flags": flags_of(consultation),
        "assignee": staff_name(consultation.assignee),
        "initials": initials(consultation.assignee),
        "assign_to_me": _assign_to_me(consultation, actor, now),
        "contact": contact(person),
        "wishes": wishes(person) if consultation.status in OPEN else "",
        "earlier": getattr(consultation, "earlier_wish", None) if consultation.status in OPEN else None,
        "steps": steps(consultation, actor, now, calls=bool(calls), lost=bool(found.lost)),
        "calls": calls,
        "offers": found.offers,
        "lost": found.lost,
        "links": link_state(consultation, found.links, person, actor, now),
        "news": PatientActivity(consultation.news).label if consultation.news else "",
        "outcome": outcome(consultation),
        "messages_sent": messages,
        "why_failed": [(one, why_failed(one.error)) for one in messages.rows],
        "moments": timeline(found.events, found.people),
        "same_person": earlier_visits(request, consultation, others),
        "may_merge": bool(TRANSITIONS[Verb.MERGE].actors & actor.roles) and consultation.status in OPEN,
        "may_export": bool(actor.roles & who_may_look(Look.EXPORT)),
        "others": also_opened(found.looks, now),
        "place": {
            "number": place,
            "of": of,
            "before": _link(before, filters),
            "after": _link(after, filters),
        },
        "queue_url": reverse("admin:booking_consultationrequest_changelist") + filters.address(),
        "clinical": _clinical(request, consultation, person, found, others)
        if sees_answers(request)
        else None,
    }


def _clinical(
    request: HttpRequest,
    consultation: ConsultationRequest,
    person: Person,
    found: RelatedRows,
    others: list[Other],
) -> dict[str, Any]:
    answers, also = consultation.answers, merged(request, others)
    safety = by_urgency(
        [*safety_notes(consultation, answers), *(note for one in also for note in one.safety)]
    )
    return {
        "safety": safety,
        "same_day_care": same_day_care(answers),
        "urgent": any(note.level in URGENT for note in safety),
        "letters": paged_rows(request, "letters", found.letters),
        "scores": peg(answers),
        "mean": answers.peg,
        "shot": injection_precautions(answers, person, today()),
        "sections": [
            AnswerSection(_("Symptoms"), symptoms(answers)),
            AnswerSection(
                _("Treatments and health"), history(answers, asked=consultation.source == Source.WEB)
            ),
            *(one.section for one in also),
        ],
        "notes": paged_rows(request, "notes", found.notes),
    }


def _assign_to_me(consultation: ConsultationRequest, actor: Actor, now: datetime) -> str:
    """Return where to take the request on with one click, or "" when it is theirs or cannot be."""
    if consultation.assignee == actor.user or not_now(consultation, Verb.ASSIGN, actor, now):
        return ""
    return verb_url(consultation, Verb.ASSIGN)


def _link(pk: UUID | None, filters: Filters) -> str:
    if pk is None:
        return ""
    return reverse("admin:booking_consultationrequest_change", args=[pk]) + filters.address()
