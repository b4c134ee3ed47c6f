"""The promised reply time, in the clinic's own business days."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

import holidays

# Used until the clinic has set its hours: Monday to Friday, 8 to 5.
OFFICE_HOURS: Final = {weekday: ((time(8), time(17)),) for weekday in range(5)}
LONGEST_CLOSURE: Final = timedelta(days=366)


@dataclass(frozen=True)
class Calendar:
    """When the clinic is open: hours by weekday (Monday is 0), closures (first to last day)."""

    zone: str
    hours: dict[int, tuple[tuple[time, time], ...]] = field(default_factory=lambda: dict(OFFICE_HOURS))
    closures: tuple[tuple[date, date], ...] = ()
    state: str = "AZ"

    def is_business_day(self, day: date) -> bool:
        """Return whether the clinic works on this day: not a public holiday, not in a closure."""
        return day.weekday() in self.hours and not self.is_closed(day)

    def is_closed(self, day: date) -> bool:
        """Return whether this is a public holiday or lies in a closure."""
        return bool(self.holiday(day)) or any(first <= day <= last for first, last in self.closures)

    def holiday(self, day: date) -> str:
        """Return the name of the public holiday on this day, in English; "" on other days."""
        return _holidays(self.state, day.year).get(day, "")

    def closes(self, day: date) -> datetime:
        """Return when the clinic closes on a business day."""
        return datetime.combine(day, self.hours[day.weekday()][-1][1], ZoneInfo(self.zone))

    def is_open(self, moment: datetime) -> bool:
        """Return whether somebody answers the phone at this moment."""
        local = moment.astimezone(ZoneInfo(self.zone))
        if not self.is_business_day(local.date()):
            return False
        return any(opens <= local.time() < closes for opens, closes in self.hours[local.weekday()])


@lru_cache(maxsize=32)
def _holidays(state: str, year: int) -> dict[date, str]:
    # Staff type the state: one that does not exist must not stop requests. The federal days hold anyway.
    known = state if state in holidays.list_supported_countries()["US"] else None
    return dict(holidays.country_holidays("US", subdiv=known, years=year))


def reply_by(received: datetime, calendar: Calendar, business_days: int) -> datetime:
    """Return the end of the business day by which the clinic promises to reply.

    The day of receipt does not count. With no business day in the next year (a clinic closed for good),
    the promise is a year from now, so that the request still has a place in the queue.
    """
    day = received.astimezone(ZoneInfo(calendar.zone)).date()
    last = day + LONGEST_CLOSURE
    left = max(business_days, 1)
    while day < last:
        day += timedelta(days=1)
        left -= calendar.is_business_day(day)
        if left == 0:
            return calendar.closes(day)
    return received + LONGEST_CLOSURE
