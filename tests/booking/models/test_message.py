"""Rows of the outbox."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from booking.models import Message
from booking.models.message import Delivery
from tests.factories import make_request

pytestmark = pytest.mark.django_db
SECOND = dt.timedelta(seconds=1)


@pytest.fixture
def message():
    return make_request().messages.first()


@pytest.mark.parametrize("state", Delivery)
def test_due_is_what_waits_or_whose_sender_is_lost(message, state):
    sent_at = timezone.now() if state == Delivery.SENT else None
    others = Message.objects.exclude(pk=message.pk)
    others.update(state=Delivery.FAILED)
    row = Message.objects.filter(pk=message.pk)
    waits = state in (Delivery.QUEUED, Delivery.RETRY, Delivery.IN_FLIGHT)
    row.update(state=state, sent_at=sent_at, next_try_at=timezone.now() - SECOND)
    assert Message.objects.due().exists() is waits
    row.update(next_try_at=timezone.now() + 60 * SECOND)
    assert not Message.objects.due().exists()


def test_one_event_tells_a_thing_once(message):
    with pytest.raises(IntegrityError, match="message_once_per_event"), transaction.atomic():
        Message.objects.create(
            request=message.request, event=message.event, notice=message.notice, language="en"
        )


@pytest.mark.parametrize(
    "columns", [{"state": Delivery.SENT}, {"sent_at": "2026-01-01T00:00Z"}], ids=["no time", "not sent"]
)
def test_sent_and_its_time_go_together(message, columns):
    with pytest.raises(IntegrityError, match="message_sent_has_time"), transaction.atomic():
        Message.objects.filter(pk=message.pk).update(**columns)
