"""purge: what is only kept for a while goes when its time is over. Requests are not touched."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from booking.models import DailyCount, Draft
from booking.rules.retention import DAILY_COUNTS_KEPT


@dataclass(frozen=True)
class Purged:
    """How many rows went."""

    drafts: int
    counts: int


def purge() -> Purged:
    """Delete drafts that ran out and daily counts past their period."""
    now = timezone.now()
    drafts, _by_model = Draft.objects.filter(expires_at__lte=now).delete()
    oldest = (now - DAILY_COUNTS_KEPT).date()
    counts, _by_model = DailyCount.objects.filter(day__lt=oldest).delete()
    return Purged(drafts, counts)
