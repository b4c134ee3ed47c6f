"""purge: what is only kept for a while goes when its time is over. Requests are not touched."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

from booking.models import DailyCount, Draft, FreedTime, RateCount
from booking.rules.retention import DAILY_COUNTS_KEPT, DRAFT_KEPT


@dataclass(frozen=True)
class Purged:
    """How many rows went."""

    drafts: int
    counts: int
    rates: int


def purge() -> Purged:
    """Delete drafts that ran out, sent ones a day later, old counts, and freed times that are over."""
    now = timezone.now()
    # One that was sent holds no answers any more, and lets the browser learn, as long as its key lasts,
    # that the request has arrived.
    # By the database's clock: what somebody is still typing must not go by the worker's.
    over = Q(request=None, expires_at__lte=Now()) | Q(expires_at__lte=Now() - DRAFT_KEPT)
    drafts, _by_model = Draft.objects.filter(over).delete()
    oldest = (now - DAILY_COUNTS_KEPT).date()
    counts, _by_model = DailyCount.objects.filter(day__lt=oldest).delete()
    FreedTime.objects.filter(starts_at__lt=now).delete()
    rates, _by_model = RateCount.objects.filter(window_ends_at__lt=now).delete()
    return Purged(drafts, counts, rates)
