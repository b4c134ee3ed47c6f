"""What to say on the phone when no e-mail told the patient."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from booking.delivery.words import ONWARD
from booking.models import ConsultationRequest, Message
from booking.models.message import Delivery
from booking.rules.notices import TELLS_A_TIME, Notice

WORDS: Final[dict[Notice, Promise]] = {
    Notice.RECEIVED: _("We have their request. Check the email address with them."),
    Notice.QUESTION: _("Ask our question, which stands under “Conversation”, and note the answer."),
    Notice.LETTER: _("Tell them our message, which stands under “Conversation”."),
    Notice.TIMES_OFFERED: _("Offer them the times that are held for them. Book the one they take."),
    Notice.OFFER_LAPSING: _("Their times are held only a little longer. Book the one they take."),
    Notice.VISIT_AGREED: _("Their visit is booked."),
    Notice.VISIT_MOVED: _("Their visit has a new time. The old one no longer holds."),
    Notice.VISIT_CANCELLED: _("Their visit is cancelled. Agree how to go on."),
    Notice.REMINDER_DAYS: _("Remind them of the visit."),
    Notice.REMINDER_HOURS: _("Remind them of the visit today."),
    Notice.OVERDUE: _("We are late with our reply. Say so, and when they will hear from us."),
    Notice.NEW_LINK: _("Their new link did not arrive. Check the email address with them."),
    Notice.DECLINED: _("We cannot offer a visit."),
    Notice.CLOSED: _("Their request is closed. Say why."),
    Notice.WITHDRAWN: _("They ended their request, and we know."),
}
CANCELLED_AND_AGREED_ANEW: Final = _("Their visit is cancelled. Another one is agreed.")


@dataclass(frozen=True)
class CallOwed:
    """One thing to tell: what, why no e-mail did, and since when it waits."""

    text: str
    why: str
    at: datetime


def calls_owed(consultation: ConsultationRequest, waiting: Iterable[Message]) -> list[CallOwed]:
    """Return what the patient must hear by phone, the oldest first; `waiting` are messages `to_tell`."""
    return [
        CallOwed(_words(consultation, one), _why(one), one.created_at)
        for one in sorted(waiting, key=lambda one: one.created_at)
    ]


def _words(consultation: ConsultationRequest, message: Message) -> str:
    notice = Notice(message.notice)
    words = str(WORDS[notice])
    if notice in TELLS_A_TIME and consultation.visit:
        local = timezone.localtime(consultation.visit.starts_at)
        return f"{words} {date_format(local, 'l, F j')}, {time_format(local, 'P')}"
    if notice == Notice.VISIT_CANCELLED and consultation.visit:
        return str(CANCELLED_AND_AGREED_ANEW)
    if notice == Notice.DECLINED:
        return f"{words} {ONWARD.get(consultation.outcome_reason, '')}".strip()
    return words


def _why(message: Message) -> str:
    return str(_("The email failed.") if message.state == Delivery.FAILED else _("They get no email."))
