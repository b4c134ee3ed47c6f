"""Who looked at what: append-only, written before anything is shown."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from booking.models.columns import KEEP, KEEP_STAFF


class Look(models.TextChoices):
    """What kind of look it was."""

    LIST = "list", _("Opened the queue")
    VIEW = "view", _("Opened a request")
    HISTORY = "history", _("Opened the history")
    SEARCH = "search", _("Searched for a person")
    CALL_FORM = "call-form", _("Took a call")
    DENIED = "denied", _("Was refused")


class AccessLog(models.Model):
    """One look. A trigger refuses every change and removal."""

    id = models.BigAutoField(primary_key=True, db_comment=KEEP)
    at = models.DateTimeField(default=timezone.now, db_comment=KEEP)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_comment=KEEP_STAFF
    )
    look = models.CharField(max_length=10, choices=Look, db_comment=KEEP)
    request = models.ForeignKey(
        "booking.ConsultationRequest", models.PROTECT, null=True, related_name="looks", db_comment=KEEP
    )

    class Meta:
        verbose_name = _("access")
        verbose_name_plural = _("access log")
        indexes = [
            models.Index(fields=["request", "-at"], name="access_request_at"),
            models.Index(fields=["user", "-at"], name="access_user_at"),
        ]

    def __str__(self) -> str:
        return f"{self.look} {self.at:%Y-%m-%d %H:%M}"
