"""How staff read names and moments."""

from __future__ import annotations

from datetime import date, datetime

from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _


def staff_name(user: User | None) -> str:
    """Return what colleagues call a member of staff, or "Nobody"."""
    return (user.get_full_name() or user.get_username()) if user else _("Nobody")


def initials(user: User | None) -> str:
    """Return two letters for the round picture beside a name; nothing for nobody."""
    words = staff_name(user).split() if user else []
    return "".join(word[0] for word in words[:2]).upper()


def day_words(day: date, today: date) -> str:
    """Return a day as people say it: "Today", "Tue", "Tue, Nov 24", or with the year when it is another."""
    if day == today:
        return _("Today")
    if abs((day - today).days) < 7:
        return date_format(day, "D")
    return date_format(day, "D, M j" if day.year == today.year else "M j, Y")


def moment_words(moment: datetime, now: datetime) -> str:
    """Return a moment in the active time zone: "Today, 5 p.m."."""
    local = timezone.localtime(moment)
    day = day_words(local.date(), timezone.localtime(now).date())
    return _("%(day)s, %(time)s") % {"day": day, "time": time_format(local, "P")}


def dated(moment: datetime, now: datetime) -> str:
    """Return a moment with its date, unless it is of today: "Tue, Nov 17, 5 p.m."."""
    local = timezone.localtime(moment)
    if local.date() == timezone.localtime(now).date():
        return moment_words(moment, now)
    day = date_format(local, "D, M j")
    return _("%(day)s, %(time)s") % {"day": day, "time": time_format(local, "P")}
