"""Which times lie where nobody works, asked of the database: `Schedule.works` for figures."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, Final

from django.db.models import Exists, QuerySet
from django.db.models.expressions import RawSQL
from django.utils import timezone

from booking.admin.lists.bounded_counts import MAX_COUNTED
from booking.admin.lists.freed_times import still_free
from booking.hours.clinic import calendar
from booking.models import EarlierWish, FreedTime, Visit
from booking.rules.reply_by import Calendar

LOOKED_AHEAD: Final = timedelta(days=3 * 366)
# What the clocks at the clinic show is worked out once for each time, for that is what costs, and so that the
# planner joins by plain columns. Whoever keeps no hours follows the clinic's.
ASKED: Final = """
WITH times AS MATERIALIZED (
    SELECT id, clinician_id, starts_at, ends_at, opens::time AS opens, closes::time AS closes,
        EXTRACT(ISODOW FROM opens)::int - 1 AS weekday,
        opens::date = closes::date AND opens::date <> ALL (%s::date[]) AS open_day
    FROM (SELECT *, starts_at AT TIME ZONE %s AS opens, ends_at AT TIME ZONE %s AS closes
        FROM ({times}) AS given (id, clinician_id, starts_at, ends_at) OFFSET 0) AS clocks),
hours AS MATERIALIZED (
    SELECT schedule_id AS clinician_id, weekday, starts, ends FROM booking_workinghours
    UNION ALL
    SELECT one.clinician_id, clinic.* FROM (SELECT DISTINCT clinician_id FROM times) AS one,
        UNNEST(%s::int[], %s::time[], %s::time[]) AS clinic
    WHERE one.clinician_id NOT IN (SELECT schedule_id FROM booking_workinghours)),
worked AS (
    SELECT id FROM times JOIN hours USING (clinician_id, weekday)
    WHERE open_day AND starts <= opens AND ends >= closes
        AND clinician_id NOT IN (SELECT clinician_id FROM booking_schedule WHERE NOT takes_visits)
        AND NOT EXISTS (SELECT FROM booking_absence AS away WHERE away.schedule_id = times.clinician_id
            AND away.starts_at < times.ends_at AND away.ends_at > times.starts_at))
SELECT id FROM times WHERE id IN (SELECT id FROM worked) = %s
"""


def visits_to_move(now: datetime, **which: object) -> QuerySet[Visit]:
    """Return the visits to come, held and booked, that cannot stay where they are; of `which` alone."""
    return Visit.objects.filter(pk__in=_times(_to_come(now).filter(**which).order_by(), worked=False))


def soonest_to_move(now: datetime) -> QuerySet[Visit]:
    """Return those of `visits_to_move` that are among the next MAX_COUNTED visits: a figure that stays quick.

    The others get their turn as they come nearer; the page that lists them shows them all.
    """
    return Visit.objects.filter(pk__in=_times(_to_come(now)[:MAX_COUNTED], worked=False))


def times_to_give(now: datetime) -> QuerySet[FreedTime]:
    """Return the times that came free and can be given to somebody; none while nobody wants one."""
    wanted = Exists(EarlierWish.objects.waiting())
    return FreedTime.objects.filter(wanted, pk__in=_times(still_free(now), worked=True))


def _to_come(now: datetime) -> QuerySet[Visit]:
    return Visit.objects.taking_time().filter(starts_at__gt=now).order_by("starts_at")


def _times(times: QuerySet[Any], *, worked: bool) -> RawSQL:
    """Return the keys of those of these times at which their clinician works, or does not."""
    clock = calendar()
    sql, given = times.values_list("pk", "clinician", "starts_at", "ends_at").query.sql_with_params()
    stretches = [(day, *hours) for day, all_ in clock.hours.items() for hours in all_]
    weekdays, opens, closes = ([one[n] for one in stretches] for n in range(3))
    closed = list(_closed_days(clock.state, clock.closures, timezone.localdate()))
    values = (closed, clock.zone, clock.zone, *given, weekdays, opens, closes, worked)
    return RawSQL(ASKED.format(times=sql), values)  # noqa: S611 (the values are bound)


@lru_cache(maxsize=4)
def _closed_days(state: str, closures: tuple[tuple[date, date], ...], first: date) -> tuple[date, ...]:
    """Return the holidays and closures to come, and of today."""
    clock = Calendar("UTC", state=state, closures=closures)
    # A day early: it may be yesterday still, where the clinic is.
    days = (first + timedelta(days=n) for n in range(-1, LOOKED_AHEAD.days))
    return tuple(day for day in days if clock.is_closed(day))
