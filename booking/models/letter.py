"""What the patient and the clinic write to each other, sealed."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from booking.models.columns import KEEP, KEEP_STAFF, NOTE_BYTES, no_longer_than
from booking.models.sealed_text import SealedText


class Direction(models.TextChoices):
    """Who wrote to whom."""

    TO_PATIENT = "to-patient", _("From the clinic")
    TO_CLINIC = "to-clinic", _("From the patient")


class Letter(SealedText):
    """One text, read on the patient's page and on the staff's: e-mail only says that it is there."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, db_comment=KEEP)
    request = models.ForeignKey(
        "booking.ConsultationRequest", models.PROTECT, related_name="letters", db_comment=KEEP
    )
    event = models.OneToOneField("booking.Event", models.PROTECT, related_name="letter", db_comment=KEEP)
    direction = models.CharField(max_length=10, choices=Direction, db_comment=KEEP)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_comment=KEEP_STAFF
    )
    at = models.DateTimeField(default=timezone.now, db_comment=KEEP)

    class Meta:
        verbose_name = _("letter")
        ordering = ["-at"]
        indexes = [models.Index(fields=["request", "-at"], name="letter_request_at")]
        constraints = [
            models.CheckConstraint(
                condition=no_longer_than("sealed_text", NOTE_BYTES), name="letter_text_bounded"
            ),
            models.CheckConstraint(
                condition=Q(direction="to-clinic", author=None)
                | Q(direction="to-patient", author__isnull=False),
                name="letter_from_staff_has_author",
            ),
        ]

    def __str__(self) -> str:
        return f"letter {self.at:%Y-%m-%d %H:%M}"
