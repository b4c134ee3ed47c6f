"""How long before an earlier time a patient needs to hear of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class NoticePeriod(TextChoices):
    """The short list of how long before."""

    SAME_DAY = "same-day", _("On the same day")
    DAY = "day", _("1 day before")
    DAYS = "days", _("3 days before")
    WEEK = "week", _("1 week before")


LENGTH: Final = {
    NoticePeriod.SAME_DAY: timedelta(0),
    NoticePeriod.DAY: timedelta(days=1),
    NoticePeriod.DAYS: timedelta(days=3),
    NoticePeriod.WEEK: timedelta(days=7),
}


def in_time(ahead: str, starts_at: datetime, now: datetime) -> bool:
    """Return whether a patient who needs so long can still be told of a time; "" means that nobody asked."""
    return starts_at - now >= (LENGTH[NoticePeriod(ahead)] if ahead else timedelta(0))
