"""What came of the requests received in a span: two queries over an index of the range.

Time to first contact is counted by the clinic's clock: nights, weekends and closures are no waiting. Inside
the promise means that the first contact came by the time that was promised when the request arrived. Requests
that ended before anybody made contact (withdrawn, spam, a duplicate) are not counted there.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db import connection
from django.utils import timezone

from booking.actions._promise import calendar, promised_reply
from booking.rules.figures import Span, clock, monday
from booking.rules.statuses import OPEN

# How long a process keeps what it counted: a busy clinic's year takes seconds, and weeks change slowly.
KEPT_FOR: Final = timedelta(minutes=5)
MOST_KEPT: Final = 50
# Days are found by a search in the array of midnights: no time zone to work out, and no join, for each row.
COUNTS: Final = """
    SELECT week, topic, status, outcome_reason, grouping(status),
        count(*), count(*) FILTER (WHERE source = 'web'),
        count(*) FILTER (WHERE first_contact_at <= promise),
        count(*) FILTER (WHERE first_contact_at IS NOT NULL OR (status = ANY(%(open)s) AND promise < %(now)s))
    FROM (
        SELECT *, (%(weeks)s::date[])[asked] AS week, (%(promises)s::timestamptz[])[asked] AS promise
        FROM (
            SELECT topic, status, outcome_reason, source, first_contact_at,
                width_bucket(received_at, %(starts)s::timestamptz[]) AS asked
            FROM booking_consultationrequest
            WHERE received_at >= %(start)s AND received_at < %(end)s
        ) AS placed
    ) AS dated
    GROUP BY GROUPING SETS ((week, topic), (topic, status, outcome_reason))
"""
OPEN_UNTIL: Final = """
    (%(before)s::int[])[{day}] + greatest(0, least((%(lengths)s::int[])[{day}],
        date_part('epoch', {at} - (%(opens)s::timestamptz[])[{day}])))
"""
HOURS: Final = f"""
    SELECT earlier, week, grouping(week), count(*),
        percentile_cont(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY seconds / 3600)
    FROM (
        SELECT received_at < %(start)s AS earlier, (%(weeks)s::date[])[asked] AS week,
            {OPEN_UNTIL.format(day="reached", at="first_contact_at")}
            - ({OPEN_UNTIL.format(day="asked", at="received_at")}) AS seconds
        FROM (
            SELECT received_at, first_contact_at,
                width_bucket(received_at, %(starts)s::timestamptz[]) AS asked,
                width_bucket(first_contact_at, %(starts)s::timestamptz[]) AS reached
            FROM booking_consultationrequest
            WHERE received_at >= %(earlier_start)s AND received_at < %(end)s
                AND first_contact_at IS NOT NULL AND (%(topic)s = '' OR topic = %(topic)s)
        ) AS placed
    ) AS waited
    GROUP BY GROUPING SETS ((earlier), (earlier, week))
"""  # noqa: S608 (the parts are above)


@dataclass(frozen=True)
class Waits:
    """How long first contact took: half and nine in ten of `count` requests within so many clinic hours."""

    count: int = 0
    half: float | None = None
    most: float | None = None


@dataclass
class Received:
    """What came of requests, by week received (its Monday), topic and status, as of `counted_at`."""

    counted_at: datetime
    requests: dict[tuple[date, str], int] = field(default_factory=dict)
    kept: Counter[date] = field(default_factory=Counter)
    due: Counter[date] = field(default_factory=Counter)
    outcomes: Counter[tuple[str, str]] = field(default_factory=Counter)
    sent: int = 0
    waits: dict[date, Waits] = field(default_factory=dict)
    wait: Waits = Waits()
    wait_before: Waits = Waits()


_counted: dict[tuple[Span, str], Received] = {}


def forget() -> None:
    """Count anew at the next call: between tests."""
    _counted.clear()


def received(span: Span, topic: str, now: datetime) -> Received:
    """Return what came of a span's requests, at most five minutes old; never change it."""
    found = _counted.get((span, topic))
    if found is None or now - found.counted_at > KEPT_FOR:
        found = _read(span, topic, now)
        if len(_counted) >= MOST_KEPT:
            forget()
        _counted[span, topic] = found
    return found


def _read(span: Span, topic: str, now: datetime) -> Received:
    found, values = Received(now), _values(span, topic, now)
    for row in _rows(COUNTS, values):
        _count(found, row, topic)
    for row in _rows(HOURS, values):
        _wait(found, row)
    return found


def _values(span: Span, topic: str, now: datetime) -> dict[str, Any]:
    hours = calendar()
    days = clock(
        hours, Span(span.before.first, timezone.localtime(now, ZoneInfo(hours.zone)).date()), promised_reply
    )
    start, end = span.moments(hours.zone)
    columns = {f"{name}s": [getattr(day, name) for day in days] for name in ("promise", "length")}
    columns |= {name: [getattr(day, name) for day in days] for name in ("starts", "opens", "before")}
    columns["weeks"] = [monday(day.day) for day in days]
    earlier, _end = span.before.moments(hours.zone)
    return columns | {
        "zone": hours.zone,
        "start": start,
        "end": end,
        "earlier_start": earlier,
        "open": [status.value for status in OPEN],
        "now": now,
        "topic": topic,
    }


def _rows(sql: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def _count(found: Received, row: tuple[Any, ...], chosen: str) -> None:
    week, topic, status, reason, grouping, requests, web, kept, due = row
    by_week = grouping == 1  # the status is not in this grouping set
    found.sent += web if by_week else 0
    if chosen and topic != chosen:
        return
    if not by_week:
        found.outcomes[status, reason] += requests
        return
    found.requests[week, topic] = requests
    found.kept[week] += kept
    found.due[week] += due


def _wait(found: Received, row: tuple[Any, ...]) -> None:
    earlier, week, is_whole, count, (half, most) = row
    waits = Waits(count, half, most)
    if is_whole and earlier:
        found.wait_before = waits
    elif is_whole:
        found.wait = waits
    elif not earlier:
        found.waits[week] = waits
