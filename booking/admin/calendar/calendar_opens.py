"""Which day the calendar opens on when nobody asks for one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from booking.hours.clinicians import Plan
from booking.rules.reply_by import Calendar

# A clinic that is closed for longer opens its calendar on today.
LOOKED_AHEAD: Final = timedelta(days=60)


def opens_on(now: datetime, clock: Calendar, seen: Sequence[Plan], *, week: bool) -> date:
    """Return today while something is left to see, else the next day with hours.

    Hours are those of the clinic, and of the clinicians who are seen. Of a week something is left while hours
    of it are to come; of a day, while it has hours at all: its visits are marked after they are over.
    """
    local = now.astimezone(ZoneInfo(clock.zone))
    today = local.date()
    left = _closing_times(today, clock, seen)
    if not week and left:
        return today
    coming = [today] if any(closes > local.time() for closes in left) else []
    days = (today + timedelta(days=n) for n in range(1, LOOKED_AHEAD.days))
    coming += [day for day in days if _closing_times(day, clock, seen)][:1]
    following = next(iter(coming), today)
    same_week = following.isocalendar()[:2] == today.isocalendar()[:2]
    return today if week and same_week else following


def _closing_times(day: date, clock: Calendar, seen: Sequence[Plan]) -> list[time]:
    clinics = clock.hours[day.weekday()] if clock.is_business_day(day) else ()
    hours = [*clinics, *(one for plan in seen for one in plan.schedule.hours(day))]
    return [closes for _opens, closes in hours]
