"""What can be done with a request now, by this person, and what stands one step away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _

from booking.actions import Actor
from booking.admin.words import moment_words
from booking.models import ConsultationRequest
from booking.rules.roles import Role
from booking.rules.statuses import FINAL, Status
from booking.rules.transitions import TRANSITIONS, Verb, why_not

# The verbs that have a page here, in the order of their buttons, with their icons.
ICONS: Final = {
    Verb.START_REVIEW: "play",
    Verb.BOOK_TIME: "calendar-clock",
    Verb.MARK_SEEN: "user-check",
    Verb.MARK_NO_SHOW: "x",
    Verb.LOG_CONTACT: "phone-call",
    Verb.ASSIGN: "users",
    Verb.SET_PRIORITY: "chevrons-up",
    Verb.AMEND_DETAILS: "pencil",
    Verb.DECLINE: "ban",
    Verb.CLOSE: "archive",
    Verb.REOPEN: "rotate-ccw",
}
MARKS: Final = frozenset({Verb.MARK_SEEN, Verb.MARK_NO_SHOW})
# Shown with the reason while they are one step away; the others are plain clutter then.
FORESEEN: Final = (Verb.BOOK_TIME, Verb.MARK_SEEN, Verb.DECLINE)


@dataclass(frozen=True)
class Step:
    """A verb as a button; `reason` says why it cannot be done now, "" when it can."""

    verb: Verb
    label: str
    url: str
    reason: str = ""

    @property
    def icon(self) -> str:
        """The name of its icon."""
        return ICONS[self.verb]

    @property
    def one_click(self) -> bool:
        """Whether the button does it at once: it asks for nothing and harms nothing."""
        return self.verb == Verb.START_REVIEW


@dataclass(frozen=True)
class Steps:
    """The one filled button, the other buttons, and what has to wait."""

    main: Step | None
    others: list[Step]
    later: list[Step]
    advice: str


def step(request: ConsultationRequest, verb: Verb, reason: str = "") -> Step:
    """Return a verb as a button that leads to its page."""
    label = _("Call patient") if verb == Verb.LOG_CONTACT else str(verb.label)
    return Step(verb, label, verb_url(request, verb), reason)


def verb_url(request: ConsultationRequest, verb: Verb) -> str:
    """Return the address of a verb's page."""
    return reverse(f"admin:booking_consultationrequest_{verb.value}", args=[request.pk])


def not_now(request: ConsultationRequest, verb: Verb, actor: Actor, now: datetime) -> str:
    """Return why a verb cannot be done now, or "". The visit must be loaded."""
    reason = why_not(verb, Status(request.status), actor.roles)
    if not reason and verb in MARKS and request.visit and request.visit.starts_at > now:
        return _("Not yet: the visit begins %(when)s.") % {"when": moment_words(request.visit.starts_at, now)}
    return reason


def next_verb(request: ConsultationRequest, actor: Actor, now: datetime, *, failed: bool) -> Verb | None:
    """Return the verb of the one filled button, or None when the next move is somebody else's."""
    call = None if request.first_contact_at and not failed else Verb.LOG_CONTACT
    wanted = {
        Status.NEW: (Verb.START_REVIEW, call),
        Status.IN_REVIEW: (Verb.BOOK_TIME, call),
        Status.SCHEDULED: (Verb.MARK_SEEN,),
    }
    order = (Verb.LOG_CONTACT,) if failed else ()
    for verb in (*order, *wanted.get(Status(request.status), ())):
        if verb and not not_now(request, verb, actor, now):
            return verb
    return None


def steps(request: ConsultationRequest, actor: Actor, now: datetime, *, failed: bool) -> Steps:
    """Return all buttons of a request for this person."""
    main = next_verb(request, actor, now, failed=failed)
    mine = [verb for verb in ICONS if TRANSITIONS[verb].actors & actor.roles]
    others = [verb for verb in mine if verb != main and not not_now(request, verb, actor, now)]
    later = [verb for verb in FORESEEN if verb in mine and _one_step_away(request, verb, actor, now)]
    return Steps(
        main=step(request, main) if main else None,
        others=[step(request, verb) for verb in others],
        later=[step(request, verb, not_now(request, verb, actor, now)) for verb in later],
        advice=_advice(request, actor, failed=failed),
    )


def _one_step_away(request: ConsultationRequest, verb: Verb, actor: Actor, now: datetime) -> bool:
    status = Status(request.status)
    if status in FINAL or not not_now(request, verb, actor, now):
        return False
    row = TRANSITIONS[verb]
    reached = {one.target for one in TRANSITIONS.values() if status in one.sources and one.target}
    return status in row.sources or bool(row.sources & reached)


def _advice(request: ConsultationRequest, actor: Actor, *, failed: bool) -> str:
    if failed:
        return _("A message did not arrive. Call the patient instead.")
    clinical = bool(actor.roles & {Role.NURSE, Role.CLINICIAN})
    texts = {
        Status.NEW: _("Nobody has read it yet.") if clinical else _("A nurse reads it first."),
        Status.IN_REVIEW: (
            _("Read it, then agree a time with the patient.")
            if clinical
            else _("Agree a time with the patient once a nurse has read it.")
        ),
        Status.WAITING_FOR_PATIENT: _("We wait for the patient to answer."),
        Status.TIMES_OFFERED: _("We wait for the patient to choose a time."),
        Status.SCHEDULED: _("Mark it once the visit is over."),
    }
    return texts.get(Status(request.status), _("This request is finished."))
