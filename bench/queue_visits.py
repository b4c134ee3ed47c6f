"""Visits to come, at times a clinic would give: in its hours, three a day with each clinician, from today on.

Done anew before each measurement, so that a database that was filled last week has visits today too.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.db import connection, transaction

from booking.hours.clinic import calendar, today

HOURS: Final = (9, 11, 14)
# Far away first: two visits of one clinician must not overlap, not even for a moment.
AWAY: Final = """
UPDATE booking_visit SET starts_at = starts_at + interval '40 years', ends_at = ends_at + interval '40 years'
WHERE state = %(state)s AND starts_at < now() + interval '20 years'
"""
PLACE: Final = """
UPDATE booking_visit SET starts_at = starts, ends_at = starts + interval '45 minutes'
FROM (SELECT id, (%(times)s::timestamptz[])
        [row_number() OVER (PARTITION BY clinician_id ORDER BY id)] AS starts
    FROM booking_visit WHERE state = %(state)s) AS placed
WHERE booking_visit.id = placed.id
"""


def place_visits() -> None:
    """Give booked visits times from today on, and the times on offer others two years later."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        for state, first in (("booked", today()), ("held", today() + timedelta(days=730))):
            cursor.execute(
                "SELECT coalesce(max(count), 0) FROM (SELECT count(*) FROM booking_visit WHERE state = %s"
                " GROUP BY clinician_id) AS each",
                [state],
            )
            values = {"state": state, "times": _times(first, cursor.fetchone()[0])}
            cursor.execute(AWAY, values)
            cursor.execute(PLACE, values)


def _times(first: date, number: int) -> list[datetime]:
    """Return so many times: on the first day, whatever day it is, and then on days the clinic works."""
    hours, day, times = calendar(), first, list[datetime]()
    while len(times) < number:
        times += [datetime.combine(day, time(hour), ZoneInfo(hours.zone)) for hour in HOURS]
        day += timedelta(days=1)
        while not hours.is_business_day(day):
            day += timedelta(days=1)
    return times
