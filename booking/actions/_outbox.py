"""Putting messages into the outbox, in the same transaction as what they tell about."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from booking.models import ConsultationRequest, Event, Message
from booking.models.message import Delivery
from booking.models.sealed import SealBroken
from booking.rules.contact_permission import may_email
from booking.rules.notices import IN_WRITING_ALONE, TO_STAFF, Notice
from booking.rules.questions import Language
from booking.rules.roles import Role
from booking.rules.transitions import TRANSITIONS, Verb


def queue_notice(
    consultation: ConsultationRequest, event: Event, notice: Notice, *, told: bool = False
) -> None:
    """Add a message row, and wake the worker once the transaction is committed.

    What a patient without e-mail must hear becomes a row for a phone call; with `told`, staff said it on
    the phone already.
    """
    if notice not in TO_STAFF and not _goes_by_email(consultation):
        _leave_to_the_phone(consultation, event, notice, told=told)
        return
    language = Language.ENGLISH if notice in TO_STAFF else consultation.language
    Message.objects.create(request=consultation, event=event, notice=notice, language=language)
    # By name, so that verbs need not import the jobs; no argument: the outbox row says what is due.
    app.configure_task("booking.deliver").defer()


def queue_once(consultation: ConsultationRequest, event: Event, notice: Notice) -> bool:
    """Do so unless this event told it already; return whether a row was made. Lock the request first."""
    if Message.objects.filter(event=event, notice=notice).exists():
        return False
    queue_notice(consultation, event, notice)
    return Message.objects.filter(event=event, notice=notice).exists()


def _goes_by_email(consultation: ConsultationRequest) -> bool:
    try:
        return may_email(consultation.person)
    except SealBroken:
        # Nobody can tell. The message fails when its turn comes, and staff see that it did.
        return True


def _leave_to_the_phone(
    consultation: ConsultationRequest, event: Event, notice: Notice, *, told: bool
) -> None:
    # What patients did themselves they need not be told by phone.
    done = {TRANSITIONS[Verb(event.verb)].notice, Notice.VISIT_CANCELLED}
    theirs = event.actor == Role.PATIENT and notice in done
    if notice in IN_WRITING_ALONE or theirs:
        return
    Message.objects.create(
        request=consultation,
        event=event,
        notice=notice,
        language=consultation.language,
        state=Delivery.CALL,
        told_at=timezone.now() if told else None,
    )
