"""When to call a patient again: what may be chosen, and how far ahead."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.db.models import TextChoices
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from booking.rules.reply_by import Calendar

FURTHEST: Final = timedelta(days=30)
SOON: Final = timedelta(hours=2)
MORNING: Final = time(9)
AFTERNOON: Final = time(14)


class CallAgain(TextChoices):
    """The short list of when to call again."""

    SOON = "soon", gettext_lazy("In 2 hours")
    MORNING = "morning", gettext_lazy("Tomorrow morning, 9 a.m.")
    AFTERNOON = "afternoon", gettext_lazy("Tomorrow afternoon, 2 p.m.")
    DATE = "date", gettext_lazy("On another day, 9 a.m.")


def call_back_at(choice: CallAgain, day: date | None, now: datetime, zone: str) -> datetime:
    """Return the time that was chosen; `day` goes with DATE alone. `zone` is the clinic's time zone."""
    if choice == CallAgain.SOON:
        return now + SOON
    local = ZoneInfo(zone)
    tomorrow = now.astimezone(local).date() + timedelta(days=1)
    if choice == CallAgain.DATE:
        return datetime.combine(day or tomorrow, MORNING, local)
    return datetime.combine(tomorrow, MORNING if choice == CallAgain.MORNING else AFTERNOON, local)


def why_not_then(at: datetime, now: datetime) -> str:
    """Return the sentence that says why nobody can call back at that time, or ""."""
    if at <= now:
        return _("That time is over. Select a later one.")
    if at > now + FURTHEST:
        return _("Select a day in the next %(days)d days.") % {"days": FURTHEST.days}
    return ""


def why_not_that_day(at: datetime, calendar: Calendar) -> str:
    """Return the sentence that says that the clinic is closed on that day, and the next open day, or ""."""
    day = at.astimezone(ZoneInfo(calendar.zone)).date()
    if calendar.is_business_day(day):
        return ""
    days = (day + timedelta(days=n) for n in range(1, FURTHEST.days))
    following = next(filter(calendar.is_business_day, days), None)
    if following is None:
        return _("The clinic is closed that day.")
    return _(
        "The clinic is closed that day. The next open day is %(day)s: select it under “On another day”."
    ) % {"day": date_format(following, "l, F j")}
