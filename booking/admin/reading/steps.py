"""What can be done with a request now, by this person, and what stands one step away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from booking.actions import Actor
from booking.actions.letters import why_not_unread
from booking.admin.base.words import moment_words
from booking.admin.lists.call_backs import call_back_due, call_back_words
from booking.admin.reading.advice import LOST, advice_on
from booking.admin.reading.step_groups import ELSEWHERE, Group, groups
from booking.models import ConsultationRequest
from booking.rules.patient_activity import PatientActivity
from booking.rules.statuses import FINAL, Status
from booking.rules.transitions import TRANSITIONS, Verb, why_not

# The verbs that have a page here, in the order of their buttons, with their icons.
ICONS: Final = {
    Verb.START_REVIEW: "play",
    Verb.ANSWER: "mail",
    Verb.MARK_READ: "check",
    Verb.MARK_UNREAD: "rotate-ccw",
    Verb.ASK_PATIENT: "circle-question-mark",
    Verb.OFFER_TIMES: "list-checks",
    Verb.BOOK_TIME: "calendar-clock",
    Verb.MOVE_VISIT: "calendar-clock",
    Verb.WISH_EARLIER: "calendar-arrow-up",
    Verb.CANCEL_VISIT: "circle-x",
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
BEFORE_VISIT: Final = frozenset({Verb.MOVE_VISIT, Verb.CANCEL_VISIT})
ONE_CLICK: Final = frozenset({Verb.START_REVIEW, Verb.MARK_READ, Verb.MARK_UNREAD})
# What the news from the patient asks for, in this order.
REACTIONS: Final = {
    PatientActivity.REPLY: (Verb.ANSWER, Verb.MARK_READ),
    PatientActivity.MOVE: (Verb.MOVE_VISIT, Verb.MARK_READ),
    PatientActivity.NONE_SUIT: (Verb.OFFER_TIMES,),
    PatientActivity.LAPSED: (Verb.OFFER_TIMES,),
    PatientActivity.CANCELLED: (Verb.OFFER_TIMES,),
}
MARKS: Final = frozenset({Verb.MARK_SEEN, Verb.MARK_NO_SHOW})
# Shown with the way there while they are one step away; the others are plain clutter then.
FORESEEN: Final = {
    Status.NEW: {
        Verb.OFFER_TIMES: gettext_lazy("Start the review first."),
        Verb.DECLINE: gettext_lazy("Start the review first."),
    },
    Status.TIMES_OFFERED: {
        Verb.DECLINE: gettext_lazy("Not while times are on offer. They run out, or you close the request."),
    },
    Status.SCHEDULED: {Verb.DECLINE: gettext_lazy("Cancel the visit first.")},
}


@dataclass(frozen=True)
class VerbButton:
    """A verb as a button; `reason` says why it cannot be done now, "" when it can."""

    verb: Verb
    label: str
    url: str
    reason: str = ""

    @property
    def icon(self) -> str:
        """The name of its icon."""
        return ICONS.get(self.verb, "lock")

    @property
    def one_click(self) -> bool:
        """Whether the button does it at once: it asks for nothing and harms nothing."""
        return self.verb in ONE_CLICK


@dataclass(frozen=True)
class Steps:
    """The one filled button, the other buttons, and what has to wait."""

    main: VerbButton | None
    others: list[VerbButton]
    later: list[VerbButton]
    advice: str
    call_back: str

    @property
    def groups(self) -> list[Group[VerbButton]]:
        """The other buttons by what they are about."""
        return groups(self.others)

    @property
    def beside(self) -> dict[str, VerbButton]:
        """What stands where it belongs instead: beside the assignee, the priority, the contact."""
        return {one.verb.value: one for one in self.others if one.verb in ELSEWHERE}


def step(consultation: ConsultationRequest, verb: Verb, reason: str = "") -> VerbButton:
    """Return a verb as a button that leads to its page."""
    return VerbButton(verb, _label(consultation, verb), verb_url(consultation, verb), reason)


def _label(consultation: ConsultationRequest, verb: Verb) -> str:
    if verb == Verb.LOG_CONTACT:
        return _("Call patient")
    if verb == Verb.OFFER_TIMES and consultation.status == Status.TIMES_OFFERED:
        return _("Offer other times")
    return str(verb.label)


def verb_url(consultation: ConsultationRequest, verb: Verb) -> str:
    """Return the address of a verb's page."""
    return reverse(f"admin:booking_consultationrequest_{verb.value}", args=[consultation.pk])


def not_now(consultation: ConsultationRequest, verb: Verb, actor: Actor, now: datetime) -> str:
    """Return why a verb cannot be done now, or "". The visit must be loaded."""
    reason = why_not(verb, Status(consultation.status), actor.roles)
    if not reason and verb in MARKS and consultation.visit and consultation.visit.starts_at > now:
        return _("Not yet: the visit begins %(when)s.") % {
            "when": moment_words(consultation.visit.starts_at, now)
        }
    if not reason and verb in BEFORE_VISIT and consultation.visit and consultation.visit.starts_at <= now:
        return _("Not any more: the visit has begun.")
    if not reason and verb == Verb.CLOSE and consultation.visit and consultation.visit.starts_at <= now:
        return _("The visit has begun. Say first whether the patient was seen.")
    if not reason and verb == Verb.MARK_READ and not consultation.news:
        return _("There is nothing new from the patient.")
    if not reason and verb == Verb.MARK_UNREAD:
        return why_not_unread(consultation)
    return reason


def next_verb(
    consultation: ConsultationRequest, actor: Actor, now: datetime, *, calls: bool, lost: bool = False
) -> Verb | None:
    """Return the verb of the one filled button, or None when the next move is somebody else's.

    `lost`: a time of its own cannot be kept any more.
    """
    call = None if consultation.answered_at and not calls else Verb.LOG_CONTACT
    wanted = {
        Status.NEW: (Verb.START_REVIEW, call),
        Status.IN_REVIEW: (Verb.OFFER_TIMES, call),
        Status.SCHEDULED: (Verb.MARK_SEEN,),
    }
    calls = calls or call_back_due(consultation, now)
    first = (
        (Verb.LOG_CONTACT,)
        if calls
        else REACTIONS[PatientActivity(consultation.news)]
        if consultation.news
        else ()
    )
    moved = (LOST[Status(consultation.status)].verb,) if lost and consultation.status in LOST else ()
    candidates: tuple[Verb | None, ...] = (*first, *moved, *wanted.get(Status(consultation.status), ()))
    for verb in candidates:
        if verb and not not_now(consultation, verb, actor, now):
            return verb
    return None


def steps(
    consultation: ConsultationRequest, actor: Actor, now: datetime, *, calls: bool, lost: bool = False
) -> Steps:
    """Return all buttons of a request for this person. `lost`: a time of its own cannot be kept any more."""
    main = next_verb(consultation, actor, now, calls=calls, lost=lost)
    # A finished request is called about only while there is something to tell.
    silent = {Verb.LOG_CONTACT} if consultation.status in FINAL and not calls else set()
    mine = [verb for verb in ICONS if TRANSITIONS[verb].actors & actor.roles and verb not in silent]
    others = [verb for verb in mine if verb != main and not not_now(consultation, verb, actor, now)]
    return Steps(
        main=step(consultation, main) if main else None,
        others=[step(consultation, verb) for verb in others],
        later=_later(consultation, mine, actor, now),
        advice=advice_on(consultation, actor, now, calls=calls, lost=lost),
        call_back=call_back_words(consultation, now),
    )


def _later(
    consultation: ConsultationRequest, mine: list[Verb], actor: Actor, now: datetime
) -> list[VerbButton]:
    ways = FORESEEN.get(Status(consultation.status), {})
    found = [step(consultation, verb, str(ways[verb])) for verb in mine if verb in ways]
    if consultation.status == Status.SCHEDULED and Verb.MARK_SEEN in mine:
        reason = not_now(consultation, Verb.MARK_SEEN, actor, now)
        found += [step(consultation, Verb.MARK_SEEN, reason)] if reason else []
    return found
