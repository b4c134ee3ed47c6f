"""Whether a notice is still true: asked before it is mailed, and of each that staff are to tell by phone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from booking.models import ConsultationRequest, Message, Visit
from booking.models.message import Delivery, MessageQuerySet
from booking.models.visit import VisitState
from booking.rules.notices import OFFERS, TELLS_A_TIME, Notice
from booking.rules.statuses import OPEN, OWED, Status
from booking.rules.transitions import Verb

# What time alone makes untrue: a visit begins, an offer runs out.
ENDS_BY_ITSELF: Final = TELLS_A_TIME | OFFERS | {Notice.VISIT_CANCELLED}


def is_outdated(message: Message) -> bool:
    """Return whether what the message tells is no longer true, so that nobody needs to hear it.

    What is for staff stays true, and so does a letter: it is read on the patient's page whatever comes after.
    """
    still_true = _STILL_TRUE.get(Notice(message.notice))
    return still_true is not None and not still_true(message)


def drop_outdated(messages: MessageQuerySet) -> int:
    """Take what is no longer true out of the calls to make; return how many were dropped.

    Mail that waits to go out is asked about when its turn comes.
    """
    waiting = messages.to_tell().select_related("event", "request__visit", "request__merged_into")
    gone = [message.pk for message in waiting if is_outdated(message)]
    return Message.objects.filter(pk__in=gone).to_tell().update(state=Delivery.DROPPED) if gone else 0


def drop_run_out() -> int:
    """Drop the calls that the clock has made untrue; return how many."""
    return drop_outdated(Message.objects.filter(notice__in=ENDS_BY_ITSELF))


def visit_of(message: Message) -> Visit | None:
    """Return the visit that the event of a message is about."""
    known = message.event.codes.get("visit")
    if known:
        return Visit.objects.select_related("request").filter(pk=known).first()
    return message.request.visit


def _goes_on(message: Message) -> ConsultationRequest:
    """Return the request in which that of the message goes on: itself, unless it was merged."""
    return message.request.merged_into or message.request


def _is_unanswered(message: Message) -> bool:
    return _goes_on(message).status in OWED


def _is_asked(message: Message) -> bool:
    consultation = _goes_on(message)
    written = consultation.events.filter(verb__in=(Verb.REPLY, Verb.WRITE), at__gt=message.event.at)
    return consultation.status in OWED | {Status.WAITING_FOR_PATIENT} and not written.exists()


def _is_late(message: Message) -> bool:
    return _goes_on(message).owes_a_reply


def _offer_holds(message: Message) -> bool:
    consultation = message.request
    latest = consultation.events.filter(verb=Verb.OFFER_TIMES).first()
    if consultation.status != Status.TIMES_OFFERED or latest != message.event:
        return False
    return consultation.visits.still_held().exists()


def _time_holds(message: Message) -> bool:
    visit, known = visit_of(message), message.event.codes.get("sequence")
    # Cancelled, moved or begun since: telling this time would send somebody on a useless way.
    if visit is None or visit.state != VisitState.BOOKED or known not in (None, visit.sequence):
        return False
    return _is_to_come(visit)


def _is_cancelled(message: Message) -> bool:
    # Until then the patient might come in vain; after that it is only still open how to go on.
    visit, consultation = visit_of(message), _goes_on(message)
    to_come = visit is not None and _is_to_come(visit)
    return to_come or (consultation.status in OPEN and consultation.visit is None)


def _is_to_come(visit: Visit) -> bool:
    return Visit.objects.to_come().filter(pk=visit.pk).exists()


def _is_latest_link(message: Message) -> bool:
    later = message.request.messages.filter(notice=Notice.NEW_LINK, created_at__gt=message.created_at)
    return not later.exists()


def _ended_as(status: Status) -> Callable[[Message], bool]:
    return lambda message: message.request.status == status


_STILL_TRUE: Final[dict[Notice, Callable[[Message], bool]]] = {
    Notice.RECEIVED: _is_unanswered,
    Notice.QUESTION: _is_asked,
    Notice.OVERDUE: _is_late,
    Notice.NEW_LINK: _is_latest_link,
    Notice.VISIT_CANCELLED: _is_cancelled,
    Notice.DECLINED: _ended_as(Status.DECLINED),
    Notice.CLOSED: _ended_as(Status.CLOSED),
    Notice.WITHDRAWN: _ended_as(Status.WITHDRAWN),
    **dict.fromkeys(OFFERS, _offer_holds),
    **dict.fromkeys(TELLS_A_TIME, _time_holds),
}
