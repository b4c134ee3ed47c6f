"""What the pages say about when the clinic replies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext

from booking.hours.clinic import BUSINESS_DAYS, calendar, promised_reply
from treatments.clinic.clinic import clinic_facts


@dataclass(frozen=True)
class Reply:
    """When a reply is promised, in the clinic's own time, and the days on the way when it is closed."""

    by: datetime
    business_days: int
    closed: list[date]

    @property
    def day(self) -> str:
        """The day in words, such as Monday, November 30."""
        return day_in_words(self.by)

    @property
    def closed_in_words(self) -> list[str]:
        """The closed days, such as November 26."""
        return [date_format(day, "MONTH_DAY_FORMAT") for day in self.closed]


def expected_reply(now: datetime | None = None) -> Reply:
    """Return the promise for a request that would be sent now."""
    received = now or timezone.now()
    return reply(received, promised_reply(received))


def reply(received: datetime, by: datetime) -> Reply:
    """Return the promise made for a request received at a time."""
    facts, open_days = clinic_facts(), calendar()
    first, last = local(received).date(), local(by).date()
    days = (first + timedelta(days=ahead) for ahead in range(1, (last - first).days))
    closed = [day for day in days if day.weekday() in open_days.hours and not open_days.is_business_day(day)]
    return Reply(local(by), facts.reply_business_days if facts else BUSINESS_DAYS, closed)


def local(moment: datetime) -> datetime:
    """Return the moment in the clinic's own time."""
    return moment.astimezone(ZoneInfo(calendar().zone))


def day_in_words(moment: datetime | date) -> str:
    """Return for example "Monday, November 30"."""
    return date_format(moment, gettext("l, F j"))


def moment_in_words(moment: datetime) -> str:
    """Return for example "Friday, November 20, 4:01 p.m.", in the clinic's own time."""
    there = local(moment)
    return f"{day_in_words(there)}, {time_format(there, 'TIME_FORMAT')}"
