"""Rows of the outbox for a test, looked at and pushed along."""

from __future__ import annotations

from django.utils import timezone

from booking.models import Message
from booking.models.message import Delivery
from booking.rules.notices import Notice
from tests.factories import make_person, make_request


def received_alone() -> Message:
    """Make a request and leave the message to its patient as the only one."""
    request = make_request(person=make_person(email="canary@example.com"))
    request.messages.exclude(notice=Notice.RECEIVED).update(state=Delivery.FAILED)
    return request.messages.get(notice=Notice.RECEIVED)


def fresh(message: Message) -> Message:
    return Message.objects.get(pk=message.pk)


def due_now(message: Message) -> None:
    Message.objects.filter(pk=message.pk).update(next_try_at=timezone.now())
