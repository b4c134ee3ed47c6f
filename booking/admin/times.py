"""Times of a clinician that can be booked, day by day."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.utils.timezone import localdate

from booking.actions._calendar import FIRST_VISIT
from booking.actions._promise import calendar
from booking.models import Visit
from booking.models.visit import TAKES_TIME, VisitState
from booking.rules.documents import Person
from booking.rules.questions import DayPart, Weekday
from booking.rules.reply_by import Calendar
from treatments.models import Clinician

WEEKS: Final = 6
WEEK: Final = timedelta(days=7)
NOON: Final = time(12)
WEEKDAYS: Final = tuple(Weekday)


@dataclass(frozen=True)
class Time:
    """One time to choose; `wished` when the patient said that it suits."""

    starts_at: datetime
    value: str
    wished: bool


@dataclass(frozen=True)
class Taken:
    """A time that somebody else has: held until the patient chooses, or booked."""

    starts_at: datetime
    ends_at: datetime
    reference: str
    held_until: datetime | None


@dataclass(frozen=True)
class Day:
    """A day with its free times and those that are taken; closed days have no free ones."""

    day: date
    is_open: bool
    times: list[Time]
    taken: list[Taken] = field(default_factory=list)

    @property
    def cells(self) -> list[Time | Taken]:
        """Both, one after the other."""
        return sorted([*self.times, *self.taken], key=lambda cell: cell.starts_at)

    @property
    def wished(self) -> bool:
        """Whether a free time of this day suits the patient."""
        return any(one.wished for one in self.times)


def monday(week: int) -> date:
    """Return the Monday of the week that lies so many weeks ahead, in clinic time."""
    today = localdate(timezone=ZoneInfo(calendar().zone))
    return today - timedelta(days=today.weekday()) + week * WEEK


def free_days(clinician: Clinician, week: int, now: datetime, person: Person) -> list[Day]:
    """Return the days of a week on which the clinic can be open, with the clinician's free times."""
    clock, first = calendar(), monday(week)
    taken = _taken(clinician, first, clock)
    days = [first + timedelta(days=n) for n in range(7)]
    return [_day(day, clinician, clock, taken, now, person) for day in days if day.weekday() in clock.hours]


def raster(day: date, clock: Calendar) -> list[datetime]:
    """Return every start of a first visit inside the clinic's hours on a day."""
    if not clock.is_business_day(day):
        return []
    zone, starts = ZoneInfo(clock.zone), []
    for opens, closes in clock.hours[day.weekday()]:
        start, end = datetime.combine(day, opens, zone), datetime.combine(day, closes, zone)
        while start + FIRST_VISIT <= end:
            starts.append(start)
            start += FIRST_VISIT
    return starts


def read_time(value: str, now: datetime) -> tuple[int, datetime] | None:
    """Return clinician and start of a chosen value, or None for what this page never offers."""
    pk, _slash, moment = value.partition("/")
    try:
        start = datetime.fromisoformat(moment)
    except ValueError:
        return None
    clock = calendar()
    if not (
        pk.isascii()
        and pk.isdigit()
        and len(pk) < 10
        and start.tzinfo
        and now - WEEK < start < now + WEEKS * WEEK
    ):
        return None
    return (int(pk), start) if start in raster(start.astimezone(ZoneInfo(clock.zone)).date(), clock) else None


def _taken(clinician: Clinician, first: date, clock: Calendar) -> list[Taken]:
    start = datetime.combine(first, time.min, ZoneInfo(clock.zone))
    visits = Visit.objects.filter(clinician=clinician, state__in=TAKES_TIME)
    here = visits.filter(starts_at__lt=start + WEEK, ends_at__gt=start).select_related("request")
    return [
        Taken(
            visit.starts_at.astimezone(ZoneInfo(clock.zone)),
            visit.ends_at,
            visit.request.shown_reference[:5],
            visit.held_until if visit.state == VisitState.HELD else None,
        )
        for visit in here.only("starts_at", "ends_at", "state", "held_until", "request__reference")
    ]


def _day(
    day: date,
    clinician: Clinician,
    clock: Calendar,
    taken: list[Taken],
    now: datetime,
    person: Person,
) -> Day:
    free = [
        start
        for start in raster(day, clock)
        if start > now
        and not any(one.starts_at < start + FIRST_VISIT and one.ends_at > start for one in taken)
    ]
    times = [Time(start, f"{clinician.pk}/{start.isoformat()}", _suits(start, person)) for start in free]
    return Day(day, clock.is_business_day(day), times, [one for one in taken if one.starts_at.date() == day])


def _suits(start: datetime, person: Person) -> bool:
    part = DayPart.MORNING if start.time() < NOON else DayPart.AFTERNOON
    day = WEEKDAYS[start.weekday()].value if start.weekday() < len(WEEKDAYS) else ""
    return f"{day}-{part.value}" in person.wished_times
