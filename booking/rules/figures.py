"""The time that figures tell about, and the clinic's own clock. Plain Python."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final, Self
from zoneinfo import ZoneInfo

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from booking.rules.reply_by import Calendar

WEEK: Final = timedelta(weeks=1)
DAY: Final = timedelta(days=1)
# Requests are no older than this (a constraint of their table), and more than two years fit no chart.
EARLIEST: Final = date(2020, 1, 1)
MAX_SPAN: Final = timedelta(days=731)


class Reach(TextChoices):
    """How far back the figures go."""

    WEEKS_4 = "4w", gettext_lazy("4 weeks")
    WEEKS_13 = "13w", gettext_lazy("13 weeks")
    YEAR = "1y", gettext_lazy("1 year")
    OWN = "own", gettext_lazy("Own dates")


WEEKS: Final = {Reach.WEEKS_4.value: 4, Reach.WEEKS_13.value: 13, Reach.YEAR.value: 53}


@dataclass(frozen=True)
class Span:
    """Days from `first` to `last`, both in it."""

    first: date
    last: date

    @classmethod
    def back(cls, weeks: int, today: date) -> Self:
        """Return so many weeks up to today; the present one, begun on Monday, is the last of them."""
        return cls(monday(today) - (weeks - 1) * WEEK, today)

    @classmethod
    def between(cls, first: str, last: str, today: date, *, longest: timedelta = MAX_SPAN) -> Self:
        """Read two dates as a form sends them. Raises ValueError with a sentence."""
        try:
            span = cls(date.fromisoformat(first.strip()), date.fromisoformat(last.strip()))
        except ValueError as error:
            raise ValueError(_("Enter both dates, each as month, day and year.")) from error
        if span.first > span.last:
            raise ValueError(_("The first date must not come after the last one."))
        if span.first < EARLIEST or span.last > today:
            raise ValueError(_("Choose dates from January 1, 2020 to today."))
        if span.last - span.first > longest:
            raise ValueError(_("Choose at most %(days)d days at once.") % {"days": longest.days})
        return span

    @property
    def weeks(self) -> list[date]:
        """The Monday of every week that the span touches."""
        count = (monday(self.last) - monday(self.first)) // WEEK + 1
        return [monday(self.first) + place * WEEK for place in range(count)]

    def parts(self, today: date) -> list[tuple[date, int]]:
        """Return the span as whole weeks (a Monday, 7) and single days (a day, 1).

        A week that the span ends in with today is whole: nothing was received on the days to come.
        """
        parts, day = list[tuple[date, int]](), self.first
        while day <= self.last:
            is_week = day == monday(day) and (day + WEEK - DAY <= self.last or self.last == today)
            parts.append((day, 7 if is_week else 1))
            day += WEEK if is_week else DAY
        return parts

    @property
    def before(self) -> Span:
        """As many days just before, to compare with."""
        return Span(self.first - (self.last - self.first) - DAY, self.first - DAY)

    def moments(self, zone: str) -> tuple[datetime, datetime]:
        """Return when the first day begins and when the day after the last does, by the clinic's clock."""
        start, end = (
            datetime.combine(day, time.min, ZoneInfo(zone)) for day in (self.first, self.last + DAY)
        )
        return start, end


@dataclass(frozen=True)
class ClockDay:
    """A day of the clinic, from midnight: when it opens and for how many seconds (0: closed).

    `before` is the open time in seconds since the first day; `promise` is when a request received on this day
    is promised a reply. A lunch break counts as open.
    """

    day: date
    starts: datetime
    opens: datetime
    length: int
    before: int
    promise: datetime


def clock(calendar: Calendar, span: Span, promised: Callable[[datetime], datetime]) -> list[ClockDay]:
    """Return every day of a span with its hours; `promised` tells the promise for a moment of receipt."""
    zone, days, passed = ZoneInfo(calendar.zone), list[ClockDay](), 0
    for number in range((span.last - span.first).days + 1):
        day = span.first + number * DAY
        starts = datetime.combine(day, time.min, zone)
        opens, length = starts, 0
        if calendar.is_business_day(day):
            opens = datetime.combine(day, calendar.hours[day.weekday()][0][0], zone)
            length = int(calendar.closes(day).timestamp() - opens.timestamp())
        days.append(ClockDay(day, starts, opens, length, passed, promised(starts)))
        passed += length
    return days


def monday(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())
