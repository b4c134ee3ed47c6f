"""The week of the demonstration's placeholder clinicians: their hours, a day away, and what they give."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from booking.hours.clinic import calendar
from booking.models import Absence, Schedule, VisitType, WorkingHours
from treatments.models import Clinician

TYPES: Final = (("First visit", 60), ("Follow-up", 30), ("Injections", 60))
# From Monday to Friday: until noon and from one, and for the second clinician two days from nine.
WEEKS: Final = (
    {day: ((time(8), time(12)), (time(13), time(17))) for day in range(5)},
    {day: ((time(9 if day % 2 else 8), time(12)), (time(13), time(16))) for day in range(5)},
)
AWAY_AFTER: Final = timedelta(days=16)


@transaction.atomic
def make_schedules() -> None:
    """Give each placeholder without a schedule hours and one absence, and make the types of visit."""
    for position, (name, minutes) in enumerate(TYPES):
        VisitType.objects.get_or_create(
            name=name, clinician=None, defaults={"minutes": minutes, "position": position}
        )
    for number, clinician in enumerate(Clinician.objects.filter(is_demo=True, schedule=None)):
        plan = Schedule.objects.create(clinician=clinician)
        WorkingHours.objects.bulk_create(
            WorkingHours(schedule=plan, weekday=day, starts=starts, ends=ends)
            for day, stretches in WEEKS[number % len(WEEKS)].items()
            for starts, ends in stretches
        )
        day = timezone.now().astimezone(ZoneInfo(calendar().zone)).date() + AWAY_AFTER
        midnight = datetime.combine(day + timedelta(days=7 * number), time.min, ZoneInfo(calendar().zone))
        Absence.objects.create(
            schedule=plan,
            kind=Absence.Kind.TRAINING,
            starts_at=midnight,
            ends_at=midnight + timedelta(days=1),
        )
