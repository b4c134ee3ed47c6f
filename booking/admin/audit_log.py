"""Events, looks and acts on accounts as one list, newest first, read on from where the last page ended.

No page is counted or skipped over: the place in the list is the row that was read last (keyset), so the
thousandth page is as quick as the first, and rows that arrive meanwhile move nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from heapq import merge
from itertools import islice
from typing import Final, Self

from django.db.models import Q
from django.utils.translation import gettext as _

from booking.models import AccessLog, AccountEvent, Event
from booking.models.access import Look

Entry = Event | AccessLog | AccountEvent
# Which table an entry is of, in the order in which entries of the same moment stand.
LOOKED, DID, ACCOUNT = "a", "e", "s"
AT_ONCE: Final = 1_000
_NAMES: Final = ("username", "first_name", "last_name")
_WHO: Final = ("at", "codes", "user", *(f"user__{name}" for name in _NAMES))
_ABOUT: Final = ("request", "request__reference")
# The model of each table, what is read with it, and no more than its words need.
TABLES: Final[dict[str, tuple[type[Entry], tuple[str, ...], tuple[str, ...]]]] = {
    LOOKED: (AccessLog, ("user", "request"), (*_WHO, *_ABOUT, "look")),
    DID: (Event, ("user", "request"), (*_WHO, *_ABOUT, "verb", "from_status", "to_status", "actor")),
    ACCOUNT: (
        AccountEvent,
        ("user", "account"),
        (*_WHO, "act", "account", *(f"account__{name}" for name in _NAMES)),
    ),
}
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
        table = next(table for table, (model, *_rest) in TABLES.items() if isinstance(entry, model))
        return cls(entry.at, table, entry.pk)

    @classmethod
    def read(cls, text: str) -> Self:
        """Read what `str` wrote. Raises ValueError with a sentence."""
        try:
            at, table, number = text.split("~")
            place = cls(datetime.fromisoformat(at), table, int(number))
        except ValueError as error:
            raise ValueError(_("This page of the list is not known. Begin with its first page.")) from error
        if place.at.tzinfo is None or table not in TABLES or not 0 < place.number < 2**63:
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
    """What to list: a condition for each table that it is taken from."""

    conditions: dict[str, Q]

    def entries(self, after: Place | None, count: int) -> list[Entry]:
        """Return so many entries after a place, or from the newest on."""
        tables = (self._newest(table, after, count) for table in self.conditions)
        return list(islice(merge(*tables, key=Place.of, reverse=True), count))

    def all(self) -> Iterator[list[Entry]]:
        """Return all entries, a thousand at a time."""
        place: Place | None = None
        while page := self.entries(place, AT_ONCE):
            yield page
            place = Place.of(page[-1])

    def _newest(self, table: str, after: Place | None, count: int) -> list[Entry]:
        model, related, fields = TABLES[table]
        older = after.older(table) if after else Q()
        rows = model._default_manager.filter(self.conditions[table], older).select_related(*related)
        return list(rows.only(*fields).order_by("-at", "-id")[:count])
