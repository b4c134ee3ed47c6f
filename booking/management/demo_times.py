"""When things happen in the demonstration: inside office hours, and visits where nobody has one yet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from booking.actions._calendar import FIRST_VISIT
from booking.actions._promise import calendar
from booking.models import Visit
from booking.models.visit import VisitState
from treatments.models import Clinician

STARTS: Final = tuple(time(hour) for hour in (9, 10, 11, 13, 14, 15))
DAYS_AHEAD: Final = 60
STEP: Final = timedelta(minutes=17)


def first_free(after: datetime) -> tuple[Clinician, datetime, datetime]:
    """Return a placeholder clinician and the start and end of their first free hour after a moment."""
    clinicians = list(Clinician.objects.filter(is_demo=True)) or [
        Clinician.objects.create(name="Demo Clinician A (placeholder)", is_demo=True)
    ]
    for starts_at in _starts(after):
        ends_at = starts_at + FIRST_VISIT
        taken = Visit.objects.exclude(state=VisitState.CANCELLED).filter(
            starts_at__lt=ends_at, ends_at__gt=starts_at
        )
        busy = set(taken.values_list("clinician_id", flat=True))
        for clinician in clinicians:
            if clinician.pk not in busy:
                return clinician, starts_at, ends_at
    raise LookupError("No free time: the demonstration's calendar is full.")


def office_time(moment: datetime) -> datetime:
    """Return this moment, or one soon after the clinic opens again."""
    open_hours = calendar()
    last = moment + timedelta(days=DAYS_AHEAD)
    while moment < last and not open_hours.is_open(moment):
        moment += STEP
    return moment


def _starts(after: datetime) -> Iterator[datetime]:
    open_hours = calendar()
    zone = ZoneInfo(open_hours.zone)
    first = after.astimezone(zone).date()
    for day in (first + timedelta(days=ahead) for ahead in range(DAYS_AHEAD)):
        for at in (datetime.combine(day, start, zone) for start in STARTS):
            if at > after and open_hours.is_open(at):
                yield at
