"""When things happen in the demonstration: inside office hours, and visits where nobody has one yet."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from booking.hours.clinic import calendar
from booking.hours.clinicians import schedules, visit_types
from booking.models import Visit, VisitType
from booking.models.visit import VisitState
from booking.rules.free_times import free_times
from treatments.models import Clinician

DAYS_AHEAD: Final = 60
STEP: Final = timedelta(minutes=17)


def first_free(after: datetime, number: int = 0) -> tuple[Clinician, datetime, datetime, VisitType]:
    """Return a placeholder clinician and the start, end and type of their first free visit after a moment.

    `number` turns through the types of visit that the clinicians give.
    """
    clinicians = list(Clinician.objects.filter(is_demo=True)) or [
        Clinician.objects.create(name="Demo Clinician A (placeholder)", is_demo=True)
    ]
    plans = schedules(clinicians)
    first = after.astimezone(ZoneInfo(calendar().zone)).date()
    for day in (first + timedelta(days=ahead) for ahead in range(DAYS_AHEAD)):
        for clinician in clinicians:
            kinds = visit_types(clinician)
            kind = kinds[number % len(kinds)]
            # Seen and missed visits too: nobody is in two places at once, in a demonstration either.
            held = Visit.objects.filter(clinician=clinician).exclude(state=VisitState.CANCELLED)
            spans = [visit.span for visit in held.filter(starts_at__gte=after - timedelta(days=1))]
            free = free_times(plans[clinician.pk], [day], spans, kind.length, after)
            if free:
                return clinician, free[0], free[0] + kind.length, kind
    raise LookupError("No free time: the demonstration's calendar is full.")


def office_time(moment: datetime) -> datetime:
    """Return this moment, or one soon after the clinic opens again."""
    open_hours = calendar()
    last = moment + timedelta(days=DAYS_AHEAD)
    while moment < last and not open_hours.is_open(moment):
        moment += STEP
    return moment
