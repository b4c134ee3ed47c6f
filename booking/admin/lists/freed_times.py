"""The times that came free lately and can still be given to somebody."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db.models import Exists, OuterRef, QuerySet

from booking.hours.clinicians import bookable
from booking.models import FreedTime, Visit

FREED_LATELY: Final = timedelta(days=14)
MAX_TIMES: Final = 40
FREED: Final = ("id", "clinician_id", "starts_at", "ends_at", "freed_at")


def still_free(now: datetime) -> QuerySet[FreedTime]:
    """Return the first times that came free lately and nobody took. That they are worked, plans say."""
    taken = Visit.objects.taking_time().filter(
        clinician=OuterRef("clinician"), starts_at__lt=OuterRef("ends_at"), ends_at__gt=OuterRef("starts_at")
    )
    lately = FreedTime.objects.filter(starts_at__gt=now, freed_at__gt=now - FREED_LATELY)
    return lately.filter(~Exists(taken), clinician__in=bookable())[:MAX_TIMES]
