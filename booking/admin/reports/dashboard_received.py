"""What came of the requests received in a span: read from tallies of weeks and days, in one statement.

Whoever finds them older than five minutes, or not there, has them counted first (`actions.tally`). Counts are
exact. Times to first contact are kept in tenths of a clinic hour, so a median or a 9 in 10 lies within three
minutes of what the requests themselves would give.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import accumulate
from typing import Any, Final, Self
from zoneinfo import ZoneInfo

from django.db import connection
from django.utils import timezone

from booking.actions import tally
from booking.actions.tally import FRESH_FOR
from booking.hours.clinic import calendar
from booking.rules.figures import Span, monday

# A task may take weeks away between two looks, when it finds that they changed.
TRIES: Final = 3
# One statement, so that all of it is of one moment. A week that is NULL is of the time before the span, of
# which only waits are shown; of other topics than the one chosen only how many requests there were.
READ: Final = """
SELECT (SELECT right_until FROM booking_tallymark),
    (SELECT count(*) FROM booking_tally WHERE first = ANY(%(needed)s) AND days = 7 AND topic = ''),
    (SELECT json_agg(json_build_array(week, topic, requests, web, due, kept, outcomes,
            CASE WHEN topic = %(topic)s THEN waits END, CASE WHEN topic = %(topic)s THEN waited END))
        FROM unnest(%(firsts)s::date[], %(lengths)s::int[], %(weeks)s::date[]) AS part(first, days, week)
        JOIN booking_tally AS tally ON (tally.first, tally.days) = (part.first, part.days)
        WHERE topic = %(topic)s OR (week IS NOT NULL AND '' IN (topic, %(topic)s)))
"""


@dataclass(frozen=True)
class Waits:
    """How long first contact took: half and nine in ten of `count` requests within so many clinic hours."""

    count: int = 0
    half: float | None = None
    most: float | None = None

    @classmethod
    def of(cls, numbers: Mapping[int, int]) -> Self:
        """Read how many waited how many tenths of an hour."""
        waits = sorted(numbers)
        places = list(accumulate(map(numbers.__getitem__, waits)))
        if not places:
            return cls()

        def within(share: float) -> float:
            place, part = divmod(share * (places[-1] - 1), 1)
            low, high = (waits[bisect_right(places, min(at, places[-1] - 1))] for at in (place, place + 1))
            return (low + part * (high - low)) / 10

        return cls(places[-1], within(0.5), within(0.9))


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


def received(span: Span, topic: str, now: datetime) -> Received:
    """Return what came of a span's requests, at most five minutes old."""
    values = _values(span, topic, now)
    for _try in range(TRIES):
        found = _read(values, topic, now)
        if found is not None:
            return found
        tally(values["needed"], now)
    raise RuntimeError("The weeks of the figures are taken away as often as they are counted.")


def _values(span: Span, topic: str, now: datetime) -> dict[str, Any]:
    today = timezone.localtime(now, ZoneInfo(calendar().zone)).date()
    parts: list[tuple[date, int, date | None]] = [
        *((first, days, monday(first)) for first, days in span.parts(today)),
        *((first, days, None) for first, days in span.before.parts(today)),
    ]
    firsts, lengths, weeks = zip(*parts, strict=True)
    columns = {"firsts": list(firsts), "lengths": list(lengths), "weeks": list(weeks)}
    return columns | {"needed": sorted({*span.weeks, *span.before.weeks}), "topic": topic}


def _read(values: dict[str, Any], topic: str, now: datetime) -> Received | None:
    """Return what the tallies say, or None where they are not all there and fresh."""
    with connection.cursor() as cursor:
        cursor.execute(READ, values)
        until, there, rows = cursor.fetchone()
    if until is None or there < len(values["needed"]) or abs(now - until) > FRESH_FOR:
        return None
    found, waits = Received(until), defaultdict[date | None, dict[int, int]](dict)
    for start, name, *counts, lengths, numbers in rows or []:
        week = start and date.fromisoformat(start)
        if week:
            _count(found, week, name, topic, counts)
        if name == topic:
            _add(waits[week], lengths, numbers)
    found.wait_before, whole = Waits.of(waits.pop(None, {})), dict[int, int]()
    for each in waits.values():
        _add(whole, each.keys(), each.values())
    found.waits = {week: Waits.of(each) for week, each in waits.items() if week}
    found.wait = Waits.of(whole)
    return found


def _count(found: Received, week: date, topic: str, chosen: str, counts: list[Any]) -> None:
    requests, web, due, kept, outcomes = counts
    if topic:
        found.requests[week, topic] = found.requests.get((week, topic), 0) + requests
    else:
        found.sent += web
    if topic != chosen:
        return
    found.due[week] += due
    found.kept[week] += kept
    for outcome, number in outcomes.items():
        status, _space, reason = outcome.partition(" ")
        found.outcomes[status, reason] += number


def _add(waits: dict[int, int], lengths: Iterable[int], numbers: Iterable[int]) -> None:
    known = waits.get
    for length, number in zip(lengths, numbers, strict=True):
        waits[length] = known(length, 0) + number
