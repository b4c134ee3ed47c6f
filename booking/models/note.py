"""Internal notes of staff, sealed."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from booking.models.columns import KEEP, KEEP_STAFF, NOTE_BYTES, no_longer_than
from booking.models.sealed_text import SealedText


class Note(SealedText):
    """What staff wrote to each other about a request."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, db_comment=KEEP)
    request = models.ForeignKey(
        "booking.ConsultationRequest", models.PROTECT, related_name="notes", db_comment=KEEP
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_comment=KEEP_STAFF
    )
    at = models.DateTimeField(default=timezone.now, db_comment=KEEP)

    class Meta:
        verbose_name = _("note")
        ordering = ["-at"]
        constraints = [
            models.CheckConstraint(
                condition=no_longer_than("sealed_text", NOTE_BYTES), name="note_text_bounded"
            )
        ]

    def __str__(self) -> str:
        return f"note {self.at:%Y-%m-%d %H:%M}"
