"""Which times lie where nobody works, asked of the database: `Schedule.works` for figures."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import ExtractIsoWeekDay, TruncDate, TruncTime
from django.utils import timezone

from booking.admin.earlier import still_free
from booking.admin.listing import MOST
from booking.hours.clinic import calendar
from booking.models import Absence, EarlierWish, FreedTime, Schedule, Visit, WorkingHours
from booking.rules.reply_by import Calendar
from booking.rules.statuses import OPEN

LOOKED_AHEAD: Final = timedelta(days=3 * 366)


def visits_to_move(now: datetime) -> QuerySet[Visit]:
    """Return the visits to come, held and booked, that cannot stay where they are."""
    coming = Visit.objects.taking_time().filter(starts_at__gt=now)
    return _at_the_clinic(coming).exclude(_works())


def soonest_to_move(now: datetime) -> QuerySet[Visit]:
    """Return those of `visits_to_move` that are among the next MOST visits: a figure that stays quick.

    The others get their turn as they come nearer; the page that lists them shows them all.
    """
    soonest = Visit.objects.taking_time().filter(starts_at__gt=now).order_by("starts_at")
    return _at_the_clinic(Visit.objects.filter(pk__in=soonest.values("pk")[:MOST])).exclude(_works())


def times_to_give(now: datetime) -> QuerySet[FreedTime]:
    """Return the times that came free and can be given to somebody; none while nobody wants one."""
    wanted = Exists(EarlierWish.objects.filter(request__status__in=OPEN))
    free = FreedTime.objects.filter(pk__in=still_free(now).values("pk"))
    return _at_the_clinic(free).filter(wanted, _works())


def _at_the_clinic(times: QuerySet[Any]) -> QuerySet[Any]:
    """Return times of clinicians with what the clocks at the clinic show."""
    zone = ZoneInfo(calendar().zone)
    return times.alias(
        day=TruncDate("starts_at", tzinfo=zone),
        last_day=TruncDate("ends_at", tzinfo=zone),
        weekday=ExtractIsoWeekDay("starts_at", tzinfo=zone),
        opens=TruncTime("starts_at", tzinfo=zone),
        closes=TruncTime("ends_at", tzinfo=zone),
    )


def _works() -> Q:
    """Return the condition that the clinician works all of the time."""
    clock = calendar()
    theirs = WorkingHours.objects.filter(schedule=OuterRef("clinician"))
    fits = theirs.filter(
        weekday=OuterRef("weekday") - 1, starts__lte=OuterRef("opens"), ends__gte=OuterRef("closes")
    )
    away = Absence.objects.filter(
        schedule=OuterRef("clinician"), starts_at__lt=OuterRef("ends_at"), ends_at__gt=OuterRef("starts_at")
    )
    no_visits = Schedule.objects.filter(pk=OuterRef("clinician"), takes_visits=False)
    in_hours = Q(Exists(fits)) | (~Q(Exists(theirs)) & _in_clinic_hours(clock))
    closed = _closed_days(clock.state, clock.closures, timezone.localdate())
    open_day = Q(day=F("last_day")) & ~Q(day__in=closed)
    return open_day & in_hours & ~Q(Exists(away)) & ~Q(Exists(no_visits))


def _in_clinic_hours(clock: Calendar) -> Q:
    """Return the condition that a time lies in the hours of the clinic."""
    found = Q(pk__in=[])
    for weekday, stretches in clock.hours.items():
        for opens, closes in stretches:
            found |= Q(weekday=weekday + 1, opens__gte=opens, closes__lte=closes)
    return found


@lru_cache(maxsize=4)
def _closed_days(state: str, closures: tuple[tuple[date, date], ...], first: date) -> tuple[date, ...]:
    """Return the holidays and closures to come, and of today."""
    clock = Calendar("UTC", state=state, closures=closures)
    # A day early: it may be yesterday still, where the clinic is.
    days = (first + timedelta(days=n) for n in range(-1, LOOKED_AHEAD.days))
    return tuple(day for day in days if clock.is_closed(day))
