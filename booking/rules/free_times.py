"""Which times of a clinician are free: weekly hours, less absences, closures, holidays and what is taken.

Hours are what the clock on the wall shows; visits are lengths of real time. All sums are done in UTC, so that
on the two days a year when a zone changes its clocks no visit is promised in an hour that does not exist,
and the hour that comes twice can be given twice (PEP 495).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from booking.rules.reply_by import Calendar

QUARTER: Final = timedelta(minutes=15)
Hours = tuple[tuple[time, time], ...]


@dataclass(frozen=True, order=True)
class Span:
    """From one moment up to, not including, another; both know their zone."""

    starts_at: datetime
    ends_at: datetime

    def meets(self, other: Span) -> bool:
        """Return whether the two share any time."""
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at


@dataclass(frozen=True)
class Schedule:
    """When a clinician sees patients. `weekly` by weekday (Monday is 0); None follows the clinic's hours."""

    clock: Calendar
    weekly: dict[int, Hours] | None = None
    absences: tuple[Span, ...] = ()
    takes_visits: bool = True

    def hours(self, day: date) -> Hours:
        """Return the hours of a day, in clinic time; none on a holiday, in a closure, or on a day off."""
        if self.clock.is_closed(day):
            return ()
        return (self.clock.hours if self.weekly is None else self.weekly).get(day.weekday(), ())

    def works(self, visit: Span) -> bool:
        """Return whether the whole visit lies in one stretch of the hours, and in no absence."""
        return self.takes_visits and self.in_hours(visit) and not self.is_away(visit)

    def in_hours(self, visit: Span) -> bool:
        """Return whether the whole visit lies in one stretch of the hours."""
        first, last = _local(visit.starts_at, self.clock), _local(visit.ends_at, self.clock)
        return first.date() == last.date() and any(
            opens <= first.time() and last.time() <= closes for opens, closes in self.hours(first.date())
        )

    def is_away(self, visit: Span) -> bool:
        """Return whether an absence meets the visit."""
        return any(visit.meets(absence) for absence in self.absences)


def free_times(
    schedule: Schedule, days: Iterable[date], taken: Sequence[Span], length: timedelta, after: datetime
) -> list[datetime]:
    """Return the starts of free visits of this length, later than `after`, in clinic time.

    They follow one another without overlap: each begins where the one before ends, or at the first quarter
    of an hour after what is in its way.
    """
    found: list[datetime] = []
    for day in days:
        free_from = datetime.min.replace(tzinfo=UTC)
        for start in _quarters(schedule, day):
            visit = Span(start, start + length)
            if start < free_from or any(visit.meets(one) for one in taken) or not schedule.works(visit):
                continue
            # What is past has its place too: today's times are those that the day began with.
            free_from = visit.ends_at
            if start > after:
                found.append(_local(start, schedule.clock))
    return found


def free_time(schedule: Schedule, day: date, taken: Sequence[Span], after: datetime) -> timedelta:
    """Return how much of a day's hours is left after a moment, without absences and what is taken."""
    quarters = (Span(start, start + QUARTER) for start in _quarters(schedule, day) if start >= after)
    left = (one for one in quarters if schedule.works(one) and not any(one.meets(span) for span in taken))
    return sum((QUARTER for _one in left), timedelta(0))


def _quarters(schedule: Schedule, day: date) -> Iterator[datetime]:
    """Yield each quarter of an hour that begins inside the day's hours, in UTC and in order."""
    hours = schedule.hours(day)
    if not hours:
        return
    moment = min(_readings(day, hours[0][0], schedule.clock))
    last = max(_readings(day, hours[-1][1], schedule.clock))
    while moment < last:
        wall = _local(moment, schedule.clock)
        if wall.date() == day and any(opens <= wall.time() < closes for opens, closes in hours):
            yield moment
        moment += QUARTER


def _readings(day: date, wall: time, clock: Calendar) -> tuple[datetime, datetime]:
    """Return, in UTC, the two readings of a time of day: they differ only where the clock is changed."""
    local = datetime.combine(day, wall, ZoneInfo(clock.zone))
    return local.replace(fold=0).astimezone(UTC), local.replace(fold=1).astimezone(UTC)


def _local(moment: datetime, clock: Calendar) -> datetime:
    return moment.astimezone(ZoneInfo(clock.zone))
