"""Counting the requests of whole weeks into tallies: one statement over an index of the range.

Time to first contact goes by the clinic's clock: nights, weekends and closures are no waiting. It is kept in
tenths of an hour, six minutes, which is what pages show. Kept is a promise when the first contact came by the
time that was promised on arrival, as each request keeps it; until it is filled in where it is missing, by the
time that the calendar promises today. Requests that ended before anybody made contact (withdrawn, spam, a
duplicate) are neither kept nor due.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db import connection
from django.utils import timezone

from booking.hours.clinic import calendar, promised_reply
from booking.rules.figures import DAY, WEEK, Span, clock, monday
from booking.rules.statuses import OPEN

OPEN_UNTIL: Final = """
    ((%(before)s::int[])[{day}] + greatest(0, least((%(lengths)s::int[])[{day}],
        date_part('epoch', {at} - (%(opens)s::timestamptz[])[{day}]))))
"""
# Days are found by a search in the array of midnights: no time zone to work out, and no join, for each row.
PLACED: Final = f"""
    SELECT (%(weeks)s::date[])[asked] AS week, (%(days)s::date[])[asked] AS day,
        coalesce(nullif(topic, ''), 'other') AS topic,
        status || ' ' || outcome_reason AS outcome, source = 'web' AS is_web,
        first_contact_at <= promise AS is_kept,
        first_contact_at IS NOT NULL OR (status = ANY(%(open)s) AND promise < %(now)s) AS is_due,
        CASE WHEN first_contact_at IS NOT NULL THEN greatest(0, round(
            ({OPEN_UNTIL.format(day="reached", at="first_contact_at")}
                - {OPEN_UNTIL.format(day="asked", at="received_at")}) / 360)::int) END AS wait
    FROM (
        SELECT *, coalesce(first_reply_by, (%(promises)s::timestamptz[])[asked]) AS promise FROM (
            SELECT topic, status, outcome_reason, source, received_at, first_contact_at, first_reply_by,
                width_bucket(received_at, %(starts)s::timestamptz[]) AS asked,
                width_bucket(first_contact_at, %(starts)s::timestamptz[]) AS reached
            FROM booking_consultationrequest
            WHERE received_at >= %(start)s AND received_at < %(end)s
        ) AS found
    ) AS read
"""  # noqa: S608 (the parts are above)
# In one pass: each day and its week, of one topic and of all; of each the sums, the outcomes and the waits.
COUNT: Final = f"""
    INSERT INTO booking_tally (first, days, topic, requests, web, due, kept, outcomes, waits, waited)
    SELECT first, days, topic, sum(requests) FILTER (WHERE is_sum), sum(web) FILTER (WHERE is_sum),
        sum(due) FILTER (WHERE is_sum), sum(kept) FILTER (WHERE is_sum),
        jsonb_object_agg(outcome, requests) FILTER (WHERE outcome IS NOT NULL),
        coalesce(array_agg(wait) FILTER (WHERE wait IS NOT NULL), '{{}}'),
        coalesce(array_agg(requests) FILTER (WHERE wait IS NOT NULL), '{{}}')
    FROM (
        SELECT coalesce(day, week) AS first, CASE grouping(day) WHEN 0 THEN 1 ELSE 7 END AS days,
            coalesce(topic, '') AS topic, outcome, wait, grouping(outcome, wait) = 3 AS is_sum,
            count(*) AS requests, count(*) FILTER (WHERE is_web) AS web,
            count(*) FILTER (WHERE is_due) AS due, count(*) FILTER (WHERE is_kept) AS kept
        FROM ({PLACED}) AS placed
        GROUP BY GROUPING SETS ((day), (day, topic), (week), (week, topic)),
            GROUPING SETS ((), (outcome), (wait))
    ) AS counted
    GROUP BY first, days, topic
"""  # noqa: S608 (the parts are above)


def count(weeks: Sequence[date], now: datetime) -> None:
    """Add the tallies of these weeks (Mondays, one after the other); there must be none yet."""
    hours = calendar()
    span = Span(weeks[0], weeks[-1] + WEEK - DAY)
    today = timezone.localtime(now, ZoneInfo(hours.zone)).date()
    # The clock goes on to today: that is how far first contacts may lie from the requests.
    days = clock(hours, Span(span.first, max(today, span.last)), promised_reply)
    values: dict[str, Any] = {
        f"{name}s": [getattr(day, name) for day in days] for name in ("promise", "length")
    }
    values |= {name: [getattr(day, name) for day in days] for name in ("starts", "opens", "before")}
    values |= {"days": [day.day for day in days], "weeks": [monday(day.day) for day in days]}
    start, end = span.moments(hours.zone)
    values |= {"start": start, "end": end, "now": now, "open": [status.value for status in OPEN]}
    with connection.cursor() as cursor:
        cursor.execute(COUNT, values)
