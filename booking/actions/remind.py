"""What the clock says to patients: reminders, offers that run out, and an apology for a broken promise.

Each is told once for the event that it goes back to, however often the jobs run: the database holds
one message to an event and a notice.

What is due, the database's clock alone says: a machine with a wrong one must not tell anybody too early, or
too late to be told at all.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Final

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Now

from booking.actions._outbox import queue_once
from booking.actions._promised import PROMISED_BY
from booking.hours.clinicians import kept
from booking.models import ConsultationRequest, Event, Message, Visit
from booking.models.request import DOUBTFUL
from booking.models.sealed import SealBroken
from booking.models.visit import VisitQuerySet, VisitState
from booking.rules.notices import Notice
from booking.rules.offers import WARN_BEFORE, is_warned_of
from booking.rules.reminders import REMINDERS, Reminder
from booking.rules.statuses import Status
from booking.rules.transitions import TRANSITIONS, Verb

AGREED_BY: Final = frozenset(verb for verb, row in TRANSITIONS.items() if row.target == Status.SCHEDULED)
logger = logging.getLogger(__name__)
Cause = Callable[[ConsultationRequest], Event | None]


def remind_of_visits() -> int:
    """Remind of visits that begin in two days or in three hours; return how many were told."""
    return sum(_remind(reminder) for reminder in REMINDERS)


def warn_of_lapsing() -> int:
    """Tell patients whose offer runs out within 20 hours; return how many were told."""
    soon = _lapsing(Visit.objects.all())
    offered = ConsultationRequest.objects.filter(status=Status.TIMES_OFFERED, visits__in=soon).distinct()
    return sum(_tell(consultation, Notice.OFFER_LAPSING, _offer_that_lapses) for consultation in offered)


def apologize() -> int:
    """Tell patients once for each promised reply time that has passed unkept; return how many were told."""
    told = Message.objects.filter(
        request=OuterRef("pk"), notice=Notice.OVERDUE, created_at__gte=OuterRef("reply_by")
    )
    late = _owed_to_people().filter(~Exists(told), reply_by__lte=Now())
    return sum(_tell(consultation, Notice.OVERDUE, _broken_promise) for consultation in late)


def _owed_to_people() -> QuerySet[ConsultationRequest]:
    # A machine's request has a stranger's address: a second mail, of our own accord, would go there too. A
    # wrong suspicion costs a patient the apology alone: "received" went out, and the reply stays owed.
    return ConsultationRequest.objects.owed().exclude(DOUBTFUL)


def _remind(reminder: Reminder) -> int:
    due = Visit.objects.filter(
        state=VisitState.BOOKED,
        starts_at__gt=Now() + reminder.latest,
        starts_at__lte=Now() + reminder.before,
        agreed_request__status=Status.SCHEDULED,
    )
    requests = ConsultationRequest.objects.filter(visit__in=due)
    return sum(
        _tell(consultation, reminder.notice, _agreement_before(reminder.before)) for consultation in requests
    )


def _tell(consultation: ConsultationRequest, notice: Notice, cause_of: Cause) -> bool:
    try:
        with transaction.atomic():
            locked = ConsultationRequest.objects.select_for_update().get(pk=consultation.pk)
            event = cause_of(locked)
            return event is not None and queue_once(locked, event, notice)
    except SealBroken:
        # One document that does not open must not keep the others from being told.
        logger.exception("request %s does not open", consultation.pk)
        return False


def _agreement_before(span: timedelta) -> Cause:
    """Return what finds the verb that agreed a visit at least so long before it begins."""

    def find(consultation: ConsultationRequest) -> Event | None:
        visit = consultation.visit
        if visit is None or consultation.status != Status.SCHEDULED:
            return None
        agreed = consultation.events.filter(verb__in=AGREED_BY, codes__visit=str(visit.pk)).first()
        # Agreed only just now: its own message is reminder enough.
        return agreed if agreed and agreed.at <= visit.starts_at - span else None

    return find


def _lapsing(visits: VisitQuerySet) -> VisitQuerySet:
    """Return the held times of which it is time to warn."""
    return visits.still_held().filter(held_until__lte=Now() + WARN_BEFORE)


def _offer_that_lapses(consultation: ConsultationRequest) -> Event | None:
    offered = consultation.events.filter(verb=Verb.OFFER_TIMES).first()
    if consultation.status != Status.TIMES_OFFERED or offered is None:
        return None
    held = kept(list(_lapsing(consultation.visits.all()).select_related("clinician")))
    until = min((visit.held_until for visit in held if visit.held_until), default=None)
    return offered if until and is_warned_of(offered.at, until) else None


def _broken_promise(consultation: ConsultationRequest) -> Event | None:
    if not _owed_to_people().filter(pk=consultation.pk, reply_by__lte=Now()).exists():
        return None
    promise = consultation.events.filter(verb__in=PROMISED_BY).first()
    # Whoever did not come was told of no promise: no letter of ours says that we broke it.
    return None if promise and promise.verb == Verb.MARK_NO_SHOW else promise
