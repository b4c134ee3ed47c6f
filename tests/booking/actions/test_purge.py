"""What is only kept for a while goes; the rest stays."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from booking import actions
from booking.models import ConsultationRequest, DailyCount, Draft
from booking.rules.retention import DAILY_COUNTS_KEPT, DRAFT_KEPT
from tests.factories import make_request

pytestmark = pytest.mark.django_db
SECOND = dt.timedelta(seconds=1)


def _draft(expires_at: dt.datetime) -> Draft:
    draft, _token = Draft.begin("en")
    draft.created_at, draft.expires_at = expires_at - DRAFT_KEPT, expires_at
    draft.save()
    return draft


def test_drafts_go_when_their_time_is_over():
    _draft(timezone.now() - SECOND)
    alive = _draft(timezone.now() + 60 * SECOND)
    assert actions.purge().drafts == 1
    assert Draft.objects.get() == alive


def test_a_request_outlives_its_draft():
    request = make_request()
    long_ago = timezone.now() - 2 * DRAFT_KEPT
    Draft.objects.update(created_at=long_ago, expires_at=timezone.now() - SECOND)
    assert actions.purge().drafts == 0, "the browser must still learn that it was sent"
    Draft.objects.update(expires_at=timezone.now() - DRAFT_KEPT)
    assert actions.purge().drafts == 1
    assert ConsultationRequest.objects.get() == request


def test_daily_counts_go_after_their_period():
    today = timezone.now().date()
    for age in (DAILY_COUNTS_KEPT, DAILY_COUNTS_KEPT + dt.timedelta(days=1)):
        DailyCount.objects.create(day=today - age, kind="stop", code="HD-1", count=3)
    assert actions.purge().counts == 1
    assert DailyCount.objects.get().day == today - DAILY_COUNTS_KEPT
