"""What rows from before offers, promises and calls are filled with when the database is migrated."""

from __future__ import annotations

import datetime as dt
from importlib import import_module

import pytest
from django.db import connection
from django.utils import timezone

from booking import actions
from booking.models import ConsultationRequest
from booking.models.message import Delivery
from booking.rules.notices import Notice
from booking.rules.reasons import ContactOutcome
from tests.factories import everybody, make_request

pytestmark = pytest.mark.django_db


def fill() -> None:
    """Run what the migration runs."""

    class Editor:
        pass

    editor = Editor()
    editor.connection = connection  # type: ignore[attr-defined]
    import_module("booking.migrations.0005_after_sending_checks").fill(None, editor)


def test_a_first_contact_counts_as_a_promise_kept():
    at = timezone.now() - dt.timedelta(days=1)
    reached = make_request(first_contact_at=at, answered_at=None)
    waiting = make_request()
    fill()
    answered = dict(ConsultationRequest.objects.values_list("pk", "answered_at"))
    assert answered == {reached.pk: at, waiting.pk: None}


def test_what_failed_is_told_when_somebody_reached_the_patient_later_and_only_then():
    reached, waiting = make_request(), make_request()
    for request in (reached, waiting):
        request.messages.filter(notice=Notice.RECEIVED).update(state=Delivery.FAILED)
    actions.log_contact(reached, ContactOutcome.REACHED, by=everybody())
    reached.messages.update(told_at=None)
    fill()
    assert not reached.messages.to_tell().exists()
    assert waiting.messages.to_tell().exists()
