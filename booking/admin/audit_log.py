"""Events and looks as one list, newest first, read page by page from where the last page ended.

No page is counted or skipped over: the place in the list is the row that was read last (keyset), so the
thousandth page is as quick as the first, and rows that arrive meanwhile move nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from heapq import merge
from itertools import islice
from typing import Any, Final, Self

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from booking.models import AccessLog, Event
from booking.models.access import Look

Entry = Event | AccessLog
# Which table an entry is of, in the order in which entries of the same moment stand.
LOOKED, DID = "a", "e"
AT_ONCE: Final = 1_000
_STAFF: Final = ("user", "user__username", "user__first_name", "user__last_name")
_FIELDS: Final = ("at", "codes", *_STAFF, "request", "request__reference")
# What an export took along stands in the one row of the export.
NOT_TAKEN_ALONG: Final = ~Q(look=Look.EXPORTED)


@dataclass(frozen=True, order=True)
class Place:
    """Where an entry stands: its moment, its table, its number."""

    at: datetime
    table: str
    number: int

    @classmethod
    def of(cls, entry: Entry) -> Self:
        """Return the place of an entry."""
        return cls(entry.at, DID if isinstance(entry, Event) else LOOKED, entry.pk)

    @classmethod
    def read(cls, text: str) -> Self:
        """Read what `str` wrote. Raises ValueError with a sentence."""
        try:
            at, table, number = text.split("~")
            place = cls(datetime.fromisoformat(at), table, int(number))
        except ValueError as error:
            raise ValueError(_("This page of the list is not known. Begin with its first page.")) from error
        if place.at.tzinfo is None or table not in (LOOKED, DID) or not 0 < place.number < 2**63:
            raise ValueError(_("This page of the list is not known. Begin with its first page."))
        return place

    def __str__(self) -> str:
        return f"{self.at.isoformat()}~{self.table}~{self.number}"

    def older(self, table: str) -> Q:
        """Return the condition that rows of a table stand after this place."""
        if table > self.table:
            return Q(at__lt=self.at)
        same = Q(at=self.at) if table < self.table else Q(at=self.at, id__lt=self.number)
        # The plain bound is what the index is searched by.
        return Q(at__lte=self.at) & (Q(at__lt=self.at) | same)


@dataclass(frozen=True)
class Wanted:
    """What to list: a condition on events and one on looks; None leaves that table out."""

    events: Q | None
    looks: Q | None

    def entries(self, after: Place | None, count: int) -> list[Entry]:
        """Return so many entries after a place, or from the newest on."""
        tables = (
            _newest(_events(), self.events, DID, after, count),
            _newest(_looks(), self.looks, LOOKED, after, count),
        )
        return list(islice(merge(*tables, key=Place.of, reverse=True), count))

    def all(self) -> Iterator[list[Entry]]:
        """Return all entries, a thousand at a time."""
        place: Place | None = None
        while page := self.entries(place, AT_ONCE):
            yield page
            place = Place.of(page[-1])


def _newest(rows: QuerySet[Any], wanted: Q | None, table: str, after: Place | None, count: int) -> list[Any]:
    if wanted is None:
        return []
    older = after.older(table) if after else Q()
    return list(rows.filter(wanted, older).order_by("-at", "-id")[:count])


def _events() -> QuerySet[Event]:
    fields = (*_FIELDS, "verb", "from_status", "to_status", "actor")
    return Event.objects.select_related("user", "request").only(*fields)


def _looks() -> QuerySet[AccessLog]:
    return AccessLog.objects.select_related("user", "request").only(*_FIELDS, "look")
