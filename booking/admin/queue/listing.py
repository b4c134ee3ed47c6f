"""The queue as a list of groups, of which a page reads no more than it needs, however long the queue is."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet, Value

from booking.admin.lists.groups import DUE, Groups, members
from booking.admin.lists.urgency import BY_VISIT, QueueGroup, rank
from booking.models import ConsultationRequest

ROWS: Final = 50
# A list of fewer is sorted whole, so that each group says how many stand in it.
SHORT: Final = 500
LAST_PAGE: Final = 200
# Reads the groups one after another, and no further than the page: what was read is counted by group. SQL
# does not promise that UNION ALL keeps its parts in order; PostgreSQL does where each has a LIMIT, as here.
PAGED: Final = """
SELECT pressing, COUNT(*), ARRAY_AGG(id ORDER BY place) FILTER (WHERE place > %%s)
FROM (SELECT *, ROW_NUMBER() OVER () AS place FROM (%s) AS listed (id, pressing)) AS placed
GROUP BY pressing ORDER BY pressing"""


@dataclass(frozen=True)
class Page:
    """A page of the list: its requests by key, the sizes of the groups, and whether there is more.

    `since` is the moment behind which a list of finished requests did not look, None when it saw them all.
    """

    number: int
    keys: list[tuple[UUID, QueueGroup]]
    totals: dict[QueueGroup, int]
    known: bool
    since: datetime | None = None

    @property
    def size(self) -> int:
        """How many requests there are, as far as they were counted."""
        return sum(self.totals.values())

    @property
    def last(self) -> int:
        """The number of the last page that was counted."""
        return min(max(-(-self.size // ROWS), 1), LAST_PAGE)

    @property
    def before(self) -> int:
        """The number of the page before."""
        return self.number - 1

    @property
    def after(self) -> int:
        """The number of the page after."""
        return self.number + 1

    @property
    def has_next(self) -> bool:
        """Whether a page follows."""
        return self.number < self.last

    @property
    def cut(self) -> bool:
        """Whether there is more than the pages can show."""
        return self.number == LAST_PAGE and self.size > LAST_PAGE * ROWS


def page_of(
    requests: QuerySet[ConsultationRequest], size: int, number: int, now: datetime, groups: Groups
) -> Page:
    """Return a page; `size` is how many requests there are, counted as far as anybody likes."""
    number = min(max(number, 1), LAST_PAGE)
    if size < SHORT:
        listed = short(requests, now)
        number = min(number, max(-(-len(listed) // ROWS), 1))
        totals = dict(Counter(group for _pk, group in listed))
        return Page(number, listed[(number - 1) * ROWS : number * ROWS], totals, known=True)
    page = Long(requests, now, groups).page(number)
    last = max(-(-page.size // ROWS), 1)
    return page if page.keys or number <= last else page_of(requests, size, last, now, groups)


def short(requests: QuerySet[ConsultationRequest], now: datetime) -> list[tuple[UUID, QueueGroup]]:
    """Return up to SHORT requests with their groups, the most pressing first."""
    columns = ("reply_by", "received_at", "pk", "visit__starts_at", "status_changed_at")
    found = requests.order_by().annotate(rank=rank(now)).values_list("rank", *columns)[:SHORT]
    return [(row[3], QueueGroup(row[0])) for row in sorted(found, key=_place)]


def _place(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return what to sort by: the same as `urgency.order`, in Python."""
    group, reply_by, received_at, pk, visit, changed = row
    if group == QueueGroup.FINISHED:
        return (group, -changed.timestamp(), pk)
    return (group, visit, pk) if group in BY_VISIT else (group, reply_by, received_at, pk)


@dataclass(frozen=True)
class Long:
    """More requests than one wants to sort: each group is read from its own index, up to a limit."""

    requests: QuerySet[ConsultationRequest]
    now: datetime
    groups: Groups

    def page(self, number: int) -> Page:
        """Return a page; one request more than it shows tells of more."""
        totals, keys = self._read((number - 1) * ROWS, number * ROWS + 1)
        return Page(number, keys[:ROWS], totals, known=False)

    def first(self, limit: int) -> list[tuple[UUID, QueueGroup]]:
        """Return the first requests of the list."""
        return self._read(0, limit)[1]

    def _read(self, start: int, stop: int) -> tuple[dict[QueueGroup, int], list[tuple[UUID, QueueGroup]]]:
        """Return the sizes of the groups as far as `stop`, and the requests from `start` on.

        One query where what is due fills the page, for it is cheap to ask for that alone; else two.
        """
        due = tuple(group for group in self.groups if group in DUE)
        totals, keys = self._query(due, start, stop) if due else ({}, [])
        there, others = sum(totals.values()), self.groups[len(due) :]
        if there < stop and others:
            more, found = self._query(others, max(start - there, 0), stop - there)
            totals, keys = totals | more, keys + found
        return totals, keys

    def _query(
        self, groups: Groups, start: int, stop: int
    ) -> tuple[dict[QueueGroup, int], list[tuple[UUID, QueueGroup]]]:
        first, *others = (
            members(self.requests, group, self.now).values_list("pk", Value(group.value))[:stop]
            for group in groups
        )
        listed = first.union(*others, all=True)[:stop] if others else first
        sql, values = listed.query.sql_with_params()
        with connection.cursor() as cursor:
            cursor.execute(PAGED % sql, [start, *values])
            found = [(QueueGroup(group), size, keys or []) for group, size, keys in cursor.fetchall()]
        keys = [(pk, group) for group, _size, listed in found for pk in listed]
        return {group: size for group, size, _keys in found}, keys
