"""What a colleague, the patient or the site just did with a request, in one sentence."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from booking.admin.base.words import moment_words, staff_name
from booking.models import Event
from booking.rules.roles import Role
from booking.rules.transitions import Verb

DID: Final[dict[Verb, Promise]] = {
    Verb.START_REVIEW: gettext_lazy("%(who)s started the review %(when)s"),
    Verb.ASSIGN: gettext_lazy("%(who)s assigned this request %(when)s"),
    Verb.SET_PRIORITY: gettext_lazy("%(who)s set the priority %(when)s"),
    Verb.LOG_CONTACT: gettext_lazy("%(who)s logged a call %(when)s"),
    Verb.AMEND_DETAILS: gettext_lazy("%(who)s corrected details %(when)s"),
    Verb.ASK_PATIENT: gettext_lazy("%(who)s asked the patient %(when)s"),
    Verb.REPLY: gettext_lazy("%(who)s wrote to us %(when)s"),
    Verb.WRITE: gettext_lazy("%(who)s wrote to us %(when)s"),
    Verb.ANSWER: gettext_lazy("%(who)s wrote to the patient %(when)s"),
    Verb.MARK_READ: gettext_lazy("%(who)s marked the news as read %(when)s"),
    Verb.MARK_UNREAD: gettext_lazy("%(who)s marked the news as unread %(when)s"),
    Verb.OFFER_TIMES: gettext_lazy("%(who)s offered times %(when)s"),
    Verb.ACCEPT_TIME: gettext_lazy("%(who)s chose a time %(when)s"),
    Verb.DECLINE_TIMES: gettext_lazy("%(who)s wanted none of the times %(when)s"),
    Verb.LAPSE_OFFERS: gettext_lazy("The offered times ran out %(when)s"),
    Verb.BOOK_TIME: gettext_lazy("%(who)s booked a visit %(when)s"),
    Verb.MOVE_VISIT: gettext_lazy("%(who)s moved the visit %(when)s"),
    Verb.ASK_TO_MOVE: gettext_lazy("%(who)s asked to move the visit %(when)s"),
    Verb.WISH_EARLIER: gettext_lazy("%(who)s changed the wish for an earlier time %(when)s"),
    Verb.ASK_EARLIER: gettext_lazy("%(who)s changed the wish for an earlier time %(when)s"),
    Verb.CANCEL_VISIT: gettext_lazy("%(who)s cancelled the visit %(when)s"),
    Verb.MARK_SEEN: gettext_lazy("%(who)s marked the visit as seen %(when)s"),
    Verb.MARK_NO_SHOW: gettext_lazy("%(who)s marked the visit as a no-show %(when)s"),
    Verb.DECLINE: gettext_lazy("%(who)s declined the request %(when)s"),
    Verb.CLOSE: gettext_lazy("%(who)s closed the request %(when)s"),
    Verb.WITHDRAW: gettext_lazy("%(who)s took the request back %(when)s"),
    Verb.REOPEN: gettext_lazy("%(who)s reopened the request %(when)s"),
    Verb.MERGE: gettext_lazy("%(who)s merged it with another request %(when)s"),
    Verb.CHANGE_CONTACT: gettext_lazy("%(who)s changed how to reach them %(when)s"),
    Verb.RENEW_LINK: gettext_lazy("%(who)s had a new link sent %(when)s"),
    Verb.REVOKE_LINKS: gettext_lazy("%(who)s shut the links %(when)s"),
    Verb.MOVE_PROMISE: gettext_lazy("The promised reply moved with the clinic’s days %(when)s"),
}


def did_words(event: Event, me: User, now: datetime) -> str:
    """Return "Ana Nurse booked a visit at 2:10 p.m."; the event's user must be loaded."""
    words = DID.get(Verb(event.verb))
    if words is None:
        return _("This request has changed.")
    sentence = str(words) % {"who": _who(event, me), "when": _when(event.at, now)}
    return sentence if sentence.endswith(".") else f"{sentence}."


def _who(event: Event, me: User) -> str:
    if event.user:
        return _("You") if event.user == me else staff_name(event.user)
    return _("The patient") if event.actor == Role.PATIENT else _("The site")


def _when(at: datetime, now: datetime) -> str:
    local = timezone.localtime(at)
    if local.date() != timezone.localtime(now).date():
        return _("(%(when)s)") % {"when": moment_words(at, now)}
    return _("at %(time)s") % {"time": time_format(local, "P")}
