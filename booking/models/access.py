"""Who looked at what: append-only, written before anything is shown."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.db import models
from django.db.models import Q, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from booking.models.columns import KEEP, KEEP_STAFF
from booking.rules.roles import AUDIT, EXPORT, SEE_ANSWERS, SEE_FIGURES, SEE_REQUESTS, Role


class Look(models.TextChoices):
    """What kind of look it was."""

    LIST = "list", _("Opened the queue")
    VIEW = "view", _("Opened a request")
    HISTORY = "history", _("Opened the history")
    BESIDE = "beside", _("Compared its PEG with another request")
    SEARCH = "search", _("Searched for a person")
    CALENDAR = "calendar", _("Opened the calendar")
    CALL_FORM = "call-form", _("Took a call")
    FIGURES = "figures", _("Opened the dashboard")
    AUDIT = "audit", _("Opened the audit page")
    SHEET = "sheet", _("Opened the day’s sheet")
    TOLD = "told", _("Was told of a change")
    EXPORT = "export", _("Exported")
    # One row for each request of an export or a sheet; that itself is one row without a request.
    EXPORTED = "exported", _("Was in an export, or on the day’s sheet")
    FEED = "feed", _("Read a calendar feed")
    FEED_MADE = "feed-made", _("Made a calendar feed")
    FEED_ENDED = "feed-ended", _("Ended a calendar feed")
    DENIED = "denied", _("Was refused")


# Who may look; whatever is not listed asks for the right to see requests.
LOOKERS: Final[dict[str, frozenset[Role]]] = {
    Look.BESIDE: SEE_ANSWERS,
    Look.FIGURES: SEE_FIGURES,
    Look.AUDIT: AUDIT,
    Look.EXPORT: EXPORT,
    Look.EXPORTED: EXPORT,
}


def who_may_look(look: str) -> frozenset[Role]:
    """Return the roles that may take this look."""
    return LOOKERS.get(look, SEE_REQUESTS)


class AccessLog(models.Model):
    """One look, by a person or, without one, through a feed. A trigger refuses every change and removal."""

    id = models.BigAutoField(primary_key=True, db_comment=KEEP)
    at = models.DateTimeField(default=timezone.now, db_comment=KEEP)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_comment=KEEP_STAFF
    )
    # Whose calendar was read, or may be read from now on or no more. Nobody signs in to read a feed.
    feed = models.ForeignKey(
        "booking.CalendarFeed",
        models.PROTECT,
        null=True,
        related_name="looks",
        db_index=False,
        db_comment=KEEP,
    )
    look = models.CharField(max_length=10, choices=Look, db_comment=KEEP)
    request = models.ForeignKey(
        "booking.ConsultationRequest", models.PROTECT, null=True, related_name="looks", db_comment=KEEP
    )
    # What was refused; what an export held: kinds, dates and numbers, never values.
    codes = models.JSONField(
        default=dict, db_default=Value({}, output_field=models.JSONField()), db_comment=KEEP
    )

    class Meta:
        verbose_name = _("access")
        verbose_name_plural = _("access log")
        indexes = [
            models.Index(fields=["request", "-at"], name="access_request_at"),
            models.Index(fields=["user", "-at"], name="access_user_at"),
            models.Index(fields=["at", "id"], name="access_at", condition=~Q(look="exported")),
            models.Index(fields=["look", "at", "id"], name="access_look_at"),
            models.Index(fields=["feed", "-at"], name="access_feed_at", condition=Q(feed__isnull=False)),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=False) | Q(feed__isnull=False), name="access_by_person_or_feed"
            )
        ]

    def __str__(self) -> str:
        return f"{self.look} {self.at:%Y-%m-%d %H:%M}"
