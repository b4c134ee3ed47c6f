"""The queue as a list of groups, of which a page reads no more than it needs, however long the queue is."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.contrib.auth.models import User
from django.db.models import IntegerField, QuerySet, Subquery, Value

from booking.admin.pressing import BY_VISIT, Pressing, members, rank
from booking.models import ConsultationRequest

ROWS: Final = 50
# Nobody needs to know whether it is two thousand or three: counting stops here.
MOST: Final = 1_000
LAST_PAGE: Final = 200
Groups = tuple[Pressing, ...]


class Bounded(Subquery):
    """The number of rows of a query, counted up to its limit."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) bounded)"
    output_field = IntegerField()


def bounded(query: QuerySet[Any], limit: int = MOST) -> Bounded:
    """Return the number of rows of a query as an expression; `limit` means "that many, or more"."""
    return Bounded(query.order_by().values(one=Value(1))[:limit])


def figures(counted: dict[str, Any], user: User) -> dict[str, Any]:
    """Read several figures in one query, hung on the row of whoever asks: it is always there."""
    return dict(User.objects.values(**counted).get(pk=user.pk))


def shown(number: int) -> str:
    """Return a bounded figure for people."""
    return f"{number:,}+" if number >= MOST else str(number)


@dataclass(frozen=True)
class Page:
    """A page of the list: its requests by key, the sizes of the groups, and whether there is more."""

    number: int
    keys: list[tuple[UUID, Pressing]]
    totals: dict[Pressing, int]
    known: bool

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


def page_of(
    requests: QuerySet[ConsultationRequest], size: int, number: int, now: datetime, user: User, groups: Groups
) -> Page:
    """Return a page; `size` is how many requests there are, counted up to MOST."""
    number = min(max(number, 1), LAST_PAGE)
    if size < MOST:
        listed = short(requests, now)
        number = min(number, max(-(-len(listed) // ROWS), 1))
        totals = dict(Counter(group for _pk, group in listed))
        return Page(number, listed[(number - 1) * ROWS : number * ROWS], totals, known=True)
    long = Long(requests, now, user, groups)
    totals = long.totals(number * ROWS + 1)
    number = min(number, max(-(-sum(totals.values()) // ROWS), 1))
    return Page(number, long.keys(totals, (number - 1) * ROWS, number * ROWS), totals, known=False)


def short(requests: QuerySet[ConsultationRequest], now: datetime) -> list[tuple[UUID, Pressing]]:
    """Return up to MOST requests with their groups, the most pressing first."""
    columns = ("reply_by", "received_at", "pk", "visit__starts_at", "status_changed_at")
    found = requests.annotate(rank=rank(now)).values_list("rank", *columns)[:MOST]
    return [(row[3], Pressing(row[0])) for row in sorted(found, key=_place)]


def _place(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return what to sort by: the same as `pressing.order`, in Python."""
    group, reply_by, received_at, pk, visit, changed = row
    if group == Pressing.FINISHED:
        return (group, -changed.timestamp(), pk)
    return (group, visit, pk) if group in BY_VISIT else (group, reply_by, received_at, pk)


@dataclass(frozen=True)
class Long:
    """More requests than one wants to sort: each group is read from its own index, up to a limit."""

    requests: QuerySet[ConsultationRequest]
    now: datetime
    user: User
    groups: Groups

    def totals(self, limit: int) -> dict[Pressing, int]:
        """Return the sizes of the groups, each up to `limit`."""
        sizes = {group.name: bounded(members(self.requests, group, self.now), limit) for group in self.groups}
        found = figures(sizes, self.user)
        return {group: found[group.name] for group in self.groups}

    def keys(self, totals: dict[Pressing, int], start: int, stop: int) -> list[tuple[UUID, Pressing]]:
        """Return the requests from `start` to `stop` of all groups together, in one query."""
        parts, before = [], 0
        for group, size in totals.items():
            first, last = max(start - before, 0), min(stop - before, size)
            if first < last:
                keys = members(self.requests, group, self.now).values_list("pk", Value(group.value))
                parts.append(keys[first:last])
            before += size
        if not parts:
            return []
        found = parts[0].union(*parts[1:], all=True) if parts[1:] else parts[0]
        return [(pk, Pressing(group)) for pk, group in found]
