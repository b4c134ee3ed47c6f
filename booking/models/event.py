"""The history of a request: append-only, codes and field names, never values."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from booking.models.columns import KEEP, KEEP_STAFF
from booking.rules.roles import Role
from booking.rules.statuses import Status
from booking.rules.transitions import Verb


class Event(models.Model):
    """One verb, done once. A trigger refuses every change and removal."""

    id = models.BigAutoField(primary_key=True, db_comment=KEEP)
    request = models.ForeignKey(
        "booking.ConsultationRequest", models.PROTECT, related_name="events", db_comment=KEEP
    )
    at = models.DateTimeField(default=timezone.now, db_comment=KEEP)
    verb = models.CharField(max_length=20, choices=Verb, db_comment=KEEP)
    from_status = models.CharField(max_length=10, choices=Status, blank=True, db_comment=KEEP)
    to_status = models.CharField(max_length=10, choices=Status, db_comment=KEEP)
    actor = models.CharField(max_length=10, choices=Role, blank=True, db_comment=KEEP)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_comment=KEEP_STAFF
    )
    codes = models.JSONField(default=dict, db_comment=KEEP)

    class Meta:
        verbose_name = _("event")
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["request", "-at"], name="event_request_at"),
            models.Index(fields=["at", "id"], name="event_at"),
            models.Index(fields=["user", "at", "id"], name="event_user_at"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(user__isnull=False) | models.Q(actor__in=[Role.PATIENT, Role.SYSTEM]),
                name="event_has_an_actor",
            )
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.at:%Y-%m-%d %H:%M}"
