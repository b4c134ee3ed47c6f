"""Putting messages into the outbox, in the same transaction as what they tell about."""

from __future__ import annotations

from procrastinate.contrib.django import app

from booking.models import ConsultationRequest, Event, Message
from booking.rules.notices import TO_STAFF, Notice
from booking.rules.questions import Language


def queue_notice(request: ConsultationRequest, event: Event, notice: Notice) -> None:
    """Add a message row, and wake the worker once the transaction is committed.

    A patient without e-mail gets no row: staff call instead.
    """
    to_staff = notice in TO_STAFF
    if not to_staff and not request.person.email:
        return
    language = Language.ENGLISH if to_staff else request.language
    Message.objects.create(request=request, event=event, notice=notice, language=language)
    # By name, so that verbs need not import the jobs; no argument: the outbox row says what is due.
    app.configure_task("booking.deliver").defer()
