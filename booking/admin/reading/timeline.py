"""Events in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.contrib.auth.models import User
from django.db.models import BigIntegerField, QuerySet, TextChoices
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from booking.admin.base.words import staff_name
from booking.admin.lists.call_backs import call_again_words
from booking.models import Event
from booking.rules.abuse import Sign
from booking.rules.priority import Priority
from booking.rules.reasons import (
    CancelReason,
    CloseReason,
    ContactOutcome,
    DeclineReason,
    PriorityReason,
    ReopenReason,
)
from booking.rules.roles import Role
from booking.rules.transitions import Verb

ICONS: Final = {
    Verb.SUBMIT: "inbox",
    Verb.TAKE_CALL: "phone-call",
    Verb.START_REVIEW: "play",
    Verb.ASSIGN: "user",
    Verb.SET_PRIORITY: "chevrons-up",
    Verb.LOG_CONTACT: "phone",
    Verb.AMEND_DETAILS: "pencil",
    Verb.ASK_PATIENT: "circle-question-mark",
    Verb.REPLY: "mail",
    Verb.WRITE: "mail",
    Verb.ANSWER: "mail",
    Verb.MARK_READ: "check",
    Verb.MARK_UNREAD: "rotate-ccw",
    Verb.OFFER_TIMES: "list-checks",
    Verb.ACCEPT_TIME: "calendar-check",
    Verb.DECLINE_TIMES: "x",
    Verb.LAPSE_OFFERS: "clock",
    Verb.BOOK_TIME: "calendar-check",
    Verb.MOVE_VISIT: "calendar-clock",
    Verb.ASK_TO_MOVE: "calendar-clock",
    Verb.WISH_EARLIER: "calendar-arrow-up",
    Verb.ASK_EARLIER: "calendar-arrow-up",
    Verb.MOVE_PROMISE: "calendar-cog",
    Verb.CANCEL_VISIT: "circle-x",
    Verb.WITHDRAW: "x",
    Verb.CHANGE_CONTACT: "pencil",
    Verb.RENEW_LINK: "lock",
    Verb.REVOKE_LINKS: "lock",
    Verb.MARK_SEEN: "user-check",
    Verb.MARK_NO_SHOW: "x",
    Verb.DECLINE: "ban",
    Verb.CLOSE: "archive",
    Verb.REOPEN: "rotate-ccw",
    Verb.MERGE: "users",
}
REASONS: Final[dict[str, type[TextChoices]]] = {
    Verb.SET_PRIORITY: PriorityReason,
    Verb.DECLINE: DeclineReason,
    Verb.CLOSE: CloseReason,
    Verb.REOPEN: ReopenReason,
    Verb.CANCEL_VISIT: CancelReason,
}
FIELDS: Final = {
    "full_name": "name", "birth_date": "birth date", "been_here": "been here before", "email": "email",
    "leave_message": "messages allowed", "day_parts": "times of day", "access_needs": "needs at a visit",
    "who_for": "who it is for", "asker_name": "who asks", "relation": "relation to the patient",
    "may_speak": "may speak for the patient", "call_parts": "when to call", "no_email": "no email at all",
    "no_online_page": "no web page", "times": "times that suit", "interpreter_language": "interpreter for",
}  # fmt: skip


@dataclass(frozen=True)
class Moment:
    """One entry: what happened, by whom, when."""

    icon: str
    text: str
    by: str
    at: datetime
    change: str = ""


def assigned(events: QuerySet[Event]) -> QuerySet[User]:
    """Return whom these events name as the one who takes the request on."""
    named = events.filter(verb=Verb.ASSIGN).order_by()
    keys = named.annotate(named=Cast(KT("codes__assignee"), BigIntegerField())).values("named")
    return User.objects.filter(pk__in=keys)


def timeline(events: Iterable[Event], people: Iterable[User] | None = None) -> list[Moment]:
    """Return events in words, in the order given; their users must be loaded.

    `people` are those whom `assigned` finds, if they are loaded already.
    """
    events = list(events)
    assignees = {event.codes.get("assignee") for event in events if event.verb == Verb.ASSIGN} - {None}
    if people is None:
        people = User.objects.filter(pk__in=assignees) if assignees else ()
    by_key = {person.pk: person for person in people}
    return [
        Moment(
            ICONS.get(Verb(event.verb), "clock"), _text(event, by_key), _by(event), event.at, _change(event)
        )
        for event in events
    ]


def _by(event: Event) -> str:
    return staff_name(event.user) if event.user else str(Role(event.actor).label)


def _change(event: Event) -> str:
    if not event.from_status or event.from_status == event.to_status:
        return ""
    return f"{event.get_from_status_display()} → {event.get_to_status_display()}"


def _text(event: Event, people: dict[int, User]) -> str:
    codes: dict[str, Any] = event.codes
    if event.verb == Verb.ASSIGN:
        return _("Assigned to %(who)s") % {"who": staff_name(people.get(codes.get("assignee") or 0))}
    if event.verb == Verb.SET_PRIORITY:
        words = {name: _label(Priority, codes.get(name, "")) for name in ("from", "to")}
        return _("Priority: %(from)s to %(to)s. ") % words + _reason(event)
    if event.verb == Verb.LOG_CONTACT:
        return _("Called: %(outcome)s") % {
            "outcome": _label(ContactOutcome, codes.get("outcome", "")).lower()
        } + call_again_words(codes.get("call_back_at", ""))
    if event.verb == Verb.CHANGE_CONTACT:
        return _("Changed: %(fields)s") % {"fields": _fields(codes.get("fields", []))}
    if event.verb == Verb.AMEND_DETAILS:
        return _("Corrected: %(fields)s") % {"fields": _fields(codes.get("fields", []))}
    if event.verb == Verb.MERGE:
        return _("Merged into another request") if "target" in codes else _("Took over another request")
    if signs := codes.get("signs"):
        return f"{_plain(event)}. " + ". ".join(_label(Sign, code) for code in signs)
    reason = _reason(event)
    return f"{_plain(event)}: {reason}" if reason else _plain(event)


def _plain(event: Event) -> str:
    wanted = event.codes.get("wanted")
    texts = {
        Verb.SUBMIT: _("Received from the website"),
        Verb.TAKE_CALL: _("Taken from a call"),
        Verb.START_REVIEW: _("Review started"),
        Verb.ASK_PATIENT: _("Asked the patient"),
        Verb.REPLY: _("Replied"),
        Verb.WRITE: _("Wrote to us"),
        Verb.ANSWER: _("Wrote to the patient"),
        Verb.MARK_READ: _("Marked as read"),
        Verb.MARK_UNREAD: _("Marked as unread"),
        Verb.OFFER_TIMES: _("Times offered"),
        Verb.ACCEPT_TIME: _("Chose a time"),
        Verb.DECLINE_TIMES: _("None of the times suits"),
        Verb.LAPSE_OFFERS: _("The offered times ran out"),
        Verb.BOOK_TIME: _("Visit booked"),
        Verb.MOVE_VISIT: _("Visit moved"),
        Verb.ASK_TO_MOVE: _("Asked to move the visit"),
        Verb.WISH_EARLIER: _("Wants an earlier time") if wanted else _("Wants no earlier time any more"),
        Verb.ASK_EARLIER: _("Asked for an earlier time")
        if wanted
        else _("Stopped asking for an earlier time"),
        Verb.MOVE_PROMISE: _("The promised reply moved with the clinic’s days"),
        Verb.CANCEL_VISIT: _("Visit cancelled"),
        Verb.WITHDRAW: _("Took the request back"),
        Verb.RENEW_LINK: _("A new link was sent"),
        Verb.REVOKE_LINKS: _("The links were shut"),
        Verb.MARK_SEEN: _("Marked seen"),
        Verb.MARK_NO_SHOW: _("Did not come"),
        Verb.DECLINE: _("Declined"),
        Verb.CLOSE: _("Closed"),
        Verb.REOPEN: _("Reopened"),
    }
    return texts.get(Verb(event.verb), str(event.get_verb_display()))


def _reason(event: Event) -> str:
    choices = REASONS.get(event.verb)
    return _label(choices, event.codes.get("reason", "")) if choices else ""


def _fields(names: list[str]) -> str:
    return ", ".join(FIELDS.get(name, name.replace("_", " ")) for name in names)


def _label(choices: type[TextChoices], code: str) -> str:
    return str(dict(choices.choices).get(code, code))
