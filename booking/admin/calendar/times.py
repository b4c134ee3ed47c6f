"""Times of a clinician that can be booked, day by day."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.utils.timezone import localdate

from booking.hours.clinic import calendar
from booking.hours.clinicians import Plan
from booking.models import ConsultationRequest, Visit
from booking.models.visit import VisitState
from booking.rules.documents import Person
from booking.rules.free_times import QUARTER, Schedule, Span, free_times
from booking.rules.questions import DayPart, Weekday

WEEKS: Final = 6
WEEK: Final = timedelta(days=7)
NOON: Final = time(12)
WEEKDAYS: Final = tuple(Weekday)
WORKDAYS: Final = range(5)
# A clinician by id, and a start.
Slot = tuple[int, datetime]


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
    """A day with its free times and those that are taken; without hours there are no free ones."""

    day: date
    is_closed: bool
    has_hours: bool
    is_away: bool
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


def week_of(start: datetime, now: datetime) -> int:
    """Return how many weeks ahead a moment lies, both in clinic time."""
    zone = ZoneInfo(calendar().zone)
    today, day = now.astimezone(zone).date(), start.astimezone(zone).date()
    return (day - today + timedelta(days=today.weekday())) // WEEK


def free_days(
    plan: Plan, week: int, now: datetime, consultation: ConsultationRequest, length: timedelta
) -> list[Day]:
    """Return the days of a week, a weekend only if it is worked, with the free times of this length.

    What the request itself holds is free for it: whatever is chosen takes its place.
    """
    first, schedule, person = monday(week), plan.schedule, consultation.person
    taken = _taken(plan, first, consultation)
    days = [
        day
        for day in (first + timedelta(days=n) for n in range(7))
        if day.weekday() in WORKDAYS or schedule.hours(day)
    ]
    spans = [Span(one.starts_at, one.ends_at) for one in taken]
    times = [
        Time(start, f"{plan.clinician.pk}/{start.isoformat()}", suits(start, person))
        for start in free_times(schedule, days, spans, length, now)
    ]
    return [_day(day, schedule, times, taken) for day in days]


def begins_this_week(plan: Plan, now: datetime) -> bool:
    """Return whether this clinician still works this week."""
    days = [monday(0) + timedelta(days=n) for n in range(7)]
    return bool(free_times(plan.schedule, days, (), QUARTER, now))


def read_time(value: str, now: datetime) -> Slot | None:
    """Return clinician and start of a chosen value, or None for what this page never offers.

    Whether the clinician works then, and the time is free, the verbs say.
    """
    pk, _slash, moment = value.partition("/")
    try:
        start = datetime.fromisoformat(moment)
    except ValueError:
        return None
    if not (pk.isascii() and pk.isdigit() and len(pk) < 10 and start.tzinfo):
        return None
    if not now - WEEK < start < now + WEEKS * WEEK:
        return None
    # In UTC: the sender's own offset could make a quarter of any minute.
    exact = start.astimezone(UTC)
    return (int(pk), start) if exact.minute % 15 == exact.second == exact.microsecond == 0 else None


def _taken(plan: Plan, first: date, consultation: ConsultationRequest) -> list[Taken]:
    zone = ZoneInfo(plan.schedule.clock.zone)
    start = datetime.combine(first, time.min, zone)
    here = Visit.objects.keeping_busy().filter(clinician=plan.clinician).between(start, start + WEEK)
    here = here.exclude(request=consultation.pk, state=VisitState.HELD)
    return [
        Taken(
            visit.starts_at.astimezone(zone),
            visit.ends_at,
            visit.request.shown_reference[:5],
            visit.held_until if visit.state == VisitState.HELD else None,
        )
        for visit in here.select_related("request").only(
            "starts_at", "ends_at", "state", "held_until", "request__reference"
        )
    ]


def _day(day: date, schedule: Schedule, times: list[Time], taken: list[Taken]) -> Day:
    midnight = datetime.combine(day, time.min, ZoneInfo(schedule.clock.zone))
    return Day(
        day,
        is_closed=schedule.clock.is_closed(day),
        has_hours=bool(schedule.hours(day)),
        is_away=schedule.is_away(Span(midnight, midnight + timedelta(days=1))),
        times=[one for one in times if one.starts_at.date() == day],
        taken=[one for one in taken if one.starts_at.date() == day],
    )


def suits(start: datetime, person: Person) -> bool:
    """Return whether the patient said that this half day suits."""
    part = DayPart.MORNING if start.time() < NOON else DayPart.AFTERNOON
    day = WEEKDAYS[start.weekday()].value if start.weekday() < len(WEEKDAYS) else ""
    return f"{day}-{part.value}" in person.wished_times
