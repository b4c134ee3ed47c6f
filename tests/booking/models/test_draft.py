"""What a patient has typed so far."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from booking.models import Draft
from booking.models.sealed import SealBroken
from booking.rules.retention import DRAFT_KEPT

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft():
    made, _token = Draft.begin("en")
    made.save()
    return made


def test_the_browsers_key_opens_it_and_is_not_stored():
    made, token = Draft.begin("en")
    made.save()
    assert Draft.objects.by_token(token).get() == made
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(d)::text FROM booking_draft d")
        assert token not in cursor.fetchone()[0]


@pytest.mark.parametrize("token", ["", "x", "\x00", "é" * 500])
def test_another_key_opens_nothing(draft, token):
    assert not Draft.objects.by_token(token).exists()


def test_steps_are_kept_beside_each_other_and_sealed(draft):
    draft.keep("reason", {"topic": "migraine"})
    draft.keep("you", {"full_name": "Canary Quetzal"})
    draft.save()
    draft.refresh_from_db()
    assert draft.steps == {"reason": {"topic": "migraine"}, "you": {"full_name": "Canary Quetzal"}}
    assert b"Canary" not in bytes(draft.sealed_steps)
    assert draft.rev == 2


def test_a_step_answered_again_replaces_the_first_answer(draft):
    draft.keep("reason", {"topic": "migraine"})
    draft.keep("reason", {"topic": "tmj"})
    assert draft.steps == {"reason": {"topic": "tmj"}}


def test_another_drafts_answers_do_not_open(draft):
    other, _token = Draft.begin("en")
    draft.keep("you", {"full_name": "Test Patient 01"})
    other.sealed_steps = draft.sealed_steps
    with pytest.raises(SealBroken):
        _ = other.steps


def test_it_lives_a_full_day_from_the_last_answer():
    made, token = Draft.begin("en")
    made.touch(timezone.now() - DRAFT_KEPT + dt.timedelta(minutes=1))
    made.created_at = timezone.now() - DRAFT_KEPT
    made.save()
    assert Draft.objects.by_token(token).exists()
    made.expires_at = timezone.now() - dt.timedelta(seconds=1)
    made.save()
    assert not Draft.objects.by_token(token).exists()


def test_it_cannot_run_out_before_it_began(draft):
    with pytest.raises(IntegrityError, match="draft_expires_after_start"), transaction.atomic():
        Draft.objects.filter(pk=draft.pk).update(expires_at=draft.created_at)
