"""The table of verbs: the only way in which a request may change."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from booking.rules.errors import NotAllowed, NotPossible
from booking.rules.not_now import not_now
from booking.rules.notices import Notice
from booking.rules.roles import Role
from booking.rules.statuses import FINAL, OPEN, Status


class Verb(TextChoices):
    """What can be done with a request."""

    SUBMIT = "submit", gettext_lazy("Send request")
    TAKE_CALL = "take_call", gettext_lazy("New from a call")
    START_REVIEW = "start_review", gettext_lazy("Start review")
    ASSIGN = "assign", gettext_lazy("Assign")
    SET_PRIORITY = "set_priority", gettext_lazy("Set priority")
    LOG_CONTACT = "log_contact", gettext_lazy("Log a call")
    AMEND_DETAILS = "amend_details", gettext_lazy("Correct details")
    ASK_PATIENT = "ask_patient", gettext_lazy("Ask patient")
    REPLY = "reply", gettext_lazy("Reply")
    WRITE = "write", gettext_lazy("Write to us")
    ANSWER = "answer", gettext_lazy("Write to patient")
    MARK_READ = "mark_read", gettext_lazy("Mark as read")
    MARK_UNREAD = "mark_unread", gettext_lazy("Mark as unread")
    OFFER_TIMES = "offer_times", gettext_lazy("Offer times")
    ACCEPT_TIME = "accept_time", gettext_lazy("Accept a time")
    DECLINE_TIMES = "decline_times", gettext_lazy("None of these times")
    LAPSE_OFFERS = "lapse_offers", gettext_lazy("Offers ran out")
    BOOK_TIME = "book_time", gettext_lazy("Book a time")
    MOVE_VISIT = "move_visit", gettext_lazy("Move visit")
    ASK_TO_MOVE = "ask_to_move", gettext_lazy("Ask to move the visit")
    WISH_EARLIER = "wish_earlier", gettext_lazy("Earlier time wanted")
    ASK_EARLIER = "ask_earlier", gettext_lazy("Ask for an earlier time")
    CANCEL_VISIT = "cancel_visit", gettext_lazy("Cancel visit")
    MARK_SEEN = "mark_seen", gettext_lazy("Mark seen")
    MARK_NO_SHOW = "mark_no_show", gettext_lazy("Mark no-show")
    DECLINE = "decline", gettext_lazy("Decline")
    CLOSE = "close", gettext_lazy("Close")
    WITHDRAW = "withdraw", gettext_lazy("Withdraw")
    REOPEN = "reopen", gettext_lazy("Reopen")
    MERGE = "merge", gettext_lazy("Merge")
    CHANGE_CONTACT = "change_contact", gettext_lazy("Change contact details")
    RENEW_LINK = "renew_link", gettext_lazy("Send a new link")
    REVOKE_LINKS = "revoke_links", gettext_lazy("Shut the links")
    MOVE_PROMISE = "move_promise", gettext_lazy("Promise moved")
    RECORD_ACCESS = "record_access", gettext_lazy("Record access")
    ERASE = "erase", gettext_lazy("Erase")


@dataclass(frozen=True)
class Transition:
    """One row: from which states (none: the verb makes the request), to which (None: it stays), by whom."""

    verb: Verb
    sources: frozenset[Status]
    target: Status | None
    actors: frozenset[Role]
    needs: str = ""
    notice: Notice | None = None
    # Whether the clinic promises a reply with it: staff must react to what the patient did.
    promises: bool = False


S, R = Status, Role
ANY: Final = frozenset(Status)
FRONT: Final = frozenset({R.RECEPTION, R.NURSE})
CLINICAL: Final = frozenset({R.NURSE, R.CLINICIAN})
SENIOR: Final = frozenset({R.NURSE, R.MANAGER})
PATIENT: Final = frozenset({R.PATIENT})
SYSTEM: Final = frozenset({R.SYSTEM})
REVIEWED: Final = frozenset({S.IN_REVIEW, S.WAITING_FOR_PATIENT})


def _rows() -> tuple[Transition, ...]:
    row = Transition
    offered, agreed = frozenset({S.TIMES_OFFERED}), frozenset({S.SCHEDULED})
    bookable = frozenset({S.NEW, S.TIMES_OFFERED}) | REVIEWED
    return (
        row(Verb.SUBMIT, frozenset(), S.NEW, PATIENT, "", Notice.RECEIVED, promises=True),
        row(Verb.TAKE_CALL, frozenset(), S.NEW, FRONT, "", Notice.RECEIVED, promises=True),
        row(Verb.START_REVIEW, frozenset({S.NEW}), S.IN_REVIEW, CLINICAL),
        row(Verb.ASSIGN, OPEN, None, FRONT | {R.MANAGER}, "assignee"),
        row(Verb.SET_PRIORITY, OPEN, None, CLINICAL, "priority and reason"),
        row(Verb.LOG_CONTACT, ANY, None, FRONT, "outcome"),
        row(Verb.AMEND_DETAILS, OPEN, None, FRONT, "field names"),
        row(Verb.ASK_PATIENT, frozenset({S.IN_REVIEW}), S.WAITING_FOR_PATIENT, CLINICAL, "message",
            Notice.QUESTION),
        row(Verb.REPLY, frozenset({S.WAITING_FOR_PATIENT}), S.IN_REVIEW, PATIENT, "message", promises=True),
        row(Verb.WRITE, OPEN, None, PATIENT, "message", promises=True),
        row(Verb.ANSWER, OPEN, None, CLINICAL, "message", Notice.LETTER),
        row(Verb.MARK_READ, OPEN, None, FRONT | CLINICAL),
        row(Verb.MARK_UNREAD, OPEN, None, FRONT | CLINICAL),
        row(Verb.OFFER_TIMES, REVIEWED | offered, S.TIMES_OFFERED, FRONT, "1 to 5 free times",
            Notice.TIMES_OFFERED),
        row(Verb.ACCEPT_TIME, offered, S.SCHEDULED, PATIENT, "a held time", Notice.VISIT_AGREED),
        row(Verb.DECLINE_TIMES, offered, S.IN_REVIEW, PATIENT, promises=True),
        row(Verb.LAPSE_OFFERS, offered, S.IN_REVIEW, SYSTEM, promises=True),
        row(Verb.BOOK_TIME, bookable, S.SCHEDULED, FRONT, "free time", Notice.VISIT_AGREED),
        row(Verb.MOVE_VISIT, agreed, S.SCHEDULED, FRONT, "free time", Notice.VISIT_MOVED),
        row(Verb.ASK_TO_MOVE, agreed, None, PATIENT, "wishes", promises=True),
        row(Verb.WISH_EARLIER, OPEN, None, FRONT, "yes or no"),
        row(Verb.ASK_EARLIER, agreed, None, PATIENT, "how long ahead, or no more"),
        row(Verb.CANCEL_VISIT, agreed, S.IN_REVIEW, FRONT | PATIENT, "reason", Notice.VISIT_CANCELLED,
            promises=True),
        row(Verb.MARK_SEEN, agreed, S.SEEN, frozenset({R.RECEPTION, R.CLINICIAN}), "time has passed"),
        row(Verb.MARK_NO_SHOW, agreed, S.IN_REVIEW, frozenset({R.RECEPTION, R.CLINICIAN}), "time has passed",
            promises=True),
        row(Verb.DECLINE, REVIEWED, S.DECLINED, CLINICAL, "reason and onward advice", Notice.DECLINED),
        row(Verb.CLOSE, OPEN, S.CLOSED, SENIOR, "reason", Notice.CLOSED),
        row(Verb.WITHDRAW, OPEN, S.WITHDRAWN, PATIENT, "", Notice.WITHDRAWN),
        row(Verb.REOPEN, FINAL, S.IN_REVIEW, SENIOR, "reason", promises=True),
        row(Verb.MERGE, OPEN, S.CLOSED, SENIOR, "target"),
        row(Verb.CHANGE_CONTACT, OPEN, None, PATIENT, "field names"),
        row(Verb.RENEW_LINK, ANY, None, FRONT | PATIENT, "", Notice.NEW_LINK),
        row(Verb.REVOKE_LINKS, ANY, None, FRONT | {R.MANAGER}),
        row(Verb.MOVE_PROMISE, OPEN, None, SYSTEM, "from and to"),
        row(Verb.RECORD_ACCESS, ANY, None, frozenset({R.RECEPTION, R.NURSE, R.CLINICIAN, R.MANAGER})),
        row(Verb.ERASE, ANY, None, SYSTEM),
    )  # fmt: skip


TRANSITIONS: Final[dict[Verb, Transition]] = {row.verb: row for row in _rows()}
IN_A_SENTENCE: Final = {
    R.RECEPTION: gettext_lazy("reception"),
    R.NURSE: gettext_lazy("a nurse"),
    R.CLINICIAN: gettext_lazy("a clinician"),
    R.MANAGER: gettext_lazy("a manager"),
    R.PATIENT: gettext_lazy("the patient"),
    R.SYSTEM: gettext_lazy("the site itself"),
}


def who_may(verb: Verb, roles: Set[Role]) -> str:
    """Return the sentence that names who may do `verb`, or "" when one of these roles may."""
    actors = TRANSITIONS[verb].actors
    if actors & roles:
        return ""
    *others, last = (str(words) for role, words in IN_A_SENTENCE.items() if role in actors)
    who = _("%(others)s or %(last)s") % {"others": ", ".join(others), "last": last} if others else last
    return _("Only %(who)s can do this.") % {"who": who}


def why_not(verb: Verb, status: Status, roles: Set[Role]) -> str:
    """Return the sentence that says why `verb` cannot be done now by these roles, or "" when it can."""
    if sentence := who_may(verb, roles):
        return sentence
    if status in TRANSITIONS[verb].sources:
        return ""
    if roles == PATIENT:
        return not_now(status)
    return _("Not possible while the request is “%(status)s”.") % {"status": status.label}


def check(verb: Verb, status: Status, roles: Set[Role]) -> Transition:
    """Return the row for `verb`. Raises NotAllowed for the wrong role, NotPossible for the wrong state."""
    row = TRANSITIONS[verb]
    sentence = why_not(verb, status, roles)
    if not sentence:
        return row
    raise (NotPossible if row.actors & roles else NotAllowed)(sentence)
