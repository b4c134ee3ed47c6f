"""What a patient has typed so far."""

from __future__ import annotations

import json
import uuid
from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models.functions import Now
from django.utils import timezone

from booking.models.columns import DOCUMENT_BYTES, ERASE_HEALTH, ERASE_LINK, KEEP, no_longer_than
from booking.models.sealed import seal, unseal
from booking.rules.questions import Language
from booking.rules.retention import DRAFT_KEPT
from booking.rules.tokens import hash_token, make_token

TABLE = "booking_draft"


class DraftQuerySet(models.QuerySet["Draft"]):
    """Ways of looking at drafts."""

    def alive(self) -> DraftQuerySet:
        """Return the drafts that have not run out."""
        return self.filter(expires_at__gt=Now())

    def by_token(self, token: str) -> DraftQuerySet:
        """Return the living draft that the browser's key opens, if any."""
        return self.alive().filter(token_hash=hash_token(token))


class Draft(models.Model):
    """Answers by step, sealed. The browser holds a random key to it; the key itself is not stored."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, db_comment=KEEP)
    token_hash = models.BinaryField(unique=True, max_length=32, db_comment=ERASE_LINK)
    idempotency_key = models.UUIDField(unique=True, default=uuid.uuid4, db_comment=KEEP)
    rev = models.PositiveIntegerField(default=0, db_comment=KEEP)
    language = models.CharField(max_length=2, choices=Language, default=Language.ENGLISH, db_comment=KEEP)
    sealed_steps = models.BinaryField(default=b"", db_comment=ERASE_HEALTH)
    created_at = models.DateTimeField(default=timezone.now, db_comment=KEEP)
    expires_at = models.DateTimeField(db_index=True, db_comment=KEEP)
    # When it was counted against the limits, and what shows that the e-mail address is the sender's own.
    counted_at = models.DateTimeField(null=True, db_comment=KEEP)
    code_hash = models.BigIntegerField(null=True, db_comment=ERASE_LINK)
    code_until = models.DateTimeField(null=True, db_comment=KEEP)
    code_tries = models.PositiveSmallIntegerField(default=0, db_default=0, db_comment=KEEP)
    confirmed_at = models.DateTimeField(null=True, db_comment=KEEP)
    request = models.OneToOneField(
        "booking.ConsultationRequest", models.CASCADE, null=True, related_name="draft", db_comment=KEEP
    )

    objects = DraftQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("created_at")), name="draft_expires_after_start"
            ),
            models.CheckConstraint(
                condition=no_longer_than("sealed_steps", DOCUMENT_BYTES), name="draft_steps_bounded"
            ),
        ]

    def __str__(self) -> str:
        return f"draft {self.pk}"

    @classmethod
    def begin(cls, language: str) -> tuple[Self, str]:
        """Return an unsaved draft and the key for the browser."""
        token = make_token()
        draft = cls(token_hash=hash_token(token), language=language)
        draft.touch()
        return draft, token

    @property
    def steps(self) -> dict[str, dict[str, Any]]:
        """The opened answers, by step. Raises SealBroken."""
        if not self.sealed_steps:
            return {}
        opened: dict[str, dict[str, Any]] = json.loads(unseal(self.sealed_steps, self._place))
        return opened

    def keep(self, step: str, values: dict[str, Any]) -> None:
        """Seal one step's values beside the others; the caller saves."""
        self.sealed_steps = seal(json.dumps({**self.steps, step: values}).encode(), self._place)
        self.rev += 1
        self.touch()

    def touch(self, now: datetime | None = None) -> None:
        """Keep the draft for the full time from now on."""
        self.expires_at = (now or timezone.now()) + DRAFT_KEPT

    @property
    def _place(self) -> str:
        return f"{TABLE}:{self.pk}:steps"
