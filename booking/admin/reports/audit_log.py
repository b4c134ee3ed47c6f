"""Events, looks and acts on accounts as one list, newest first, read on from where the last page ended.

No page is counted or skipped over: the place in the list is the row that was read last (keyset), so the
thousandth page is as quick as the first, and rows that arrive meanwhile move nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import MAXYEAR, datetime
from typing import Any, Final, Self
from uuid import UUID

from django.contrib.auth.models import User
from django.db.models import F, IntegerField, Q, QuerySet, UUIDField, Value
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import gettext as _

from booking.models import AccessLog, AccountEvent, CalendarFeed, ConsultationRequest, Event
from booking.models.access import Look
from booking.rules.figures import EARLIEST
from treatments.models import Clinician

Entry = Event | AccessLog | AccountEvent
# Which table an entry is of, in the order in which entries of the same moment stand.
LOOKED, DID, ACCOUNT = "a", "e", "s"
AT_ONCE: Final = 1_000
MODELS: Final[dict[str, type[Entry]]] = {LOOKED: AccessLog, DID: Event, ACCOUNT: AccountEvent}
_NO_TEXT: Final = Value("")
_COMMON: Final = {
    "moment": F("at"), "place": _NO_TEXT, "number": F("id"), "said": F("codes"), "whose": F("user"),
}  # fmt: skip
_NO_STATUS: Final = {"came_from": _NO_TEXT, "went_to": _NO_TEXT, "by": _NO_TEXT}
_OF_REQUEST: Final = {
    "about": F("request"), "reference": F("request__reference"), "subject": Cast(Value(None), IntegerField()),
}  # fmt: skip
# What is read of each table, and no more than its words need: the same columns, so that one query reads all.
COLUMNS: Final[dict[str, dict[str, Any]]] = {
    LOOKED: {
        "what": F("look"), **_NO_STATUS, **_OF_REQUEST,
        "feed_of": Coalesce(F("feed__clinician__name"), _NO_TEXT),
    },
    DID: {
        "what": F("verb"), "came_from": F("from_status"), "went_to": F("to_status"), "by": F("actor"),
        **_OF_REQUEST, "feed_of": _NO_TEXT,
    },
    ACCOUNT: {
        "what": F("act"), **_NO_STATUS,
        "about": Cast(Value(None), UUIDField()), "reference": _NO_TEXT, "subject": F("account"),
        "feed_of": _NO_TEXT,
    },
}  # fmt: skip
# What an export took along stands in the one row of the export.
NOT_TAKEN_ALONG: Final = ~Q(look=Look.EXPORTED)


@dataclass(frozen=True, order=True)
class LogPosition:
    """Where an entry stands: its moment, its table, its number."""

    at: datetime
    table: str
    number: int

    @classmethod
    def of(cls, entry: Entry) -> Self:
        """Return the place of an entry."""
        table = next(table for table, model in MODELS.items() if isinstance(entry, model))
        return cls(entry.at, table, entry.pk)

    @classmethod
    def read(cls, text: str) -> Self:
        """Read what `str` wrote. Raises ValueError with a sentence."""
        try:
            at, table, number = text.split("~")
            place = cls(datetime.fromisoformat(at), table, int(number))
        except ValueError as error:
            raise ValueError(_("This page of the list is not known. Begin with its first page.")) from error
        is_moment = place.at.tzinfo and EARLIEST.year <= place.at.year < MAXYEAR
        if not is_moment or table not in MODELS or not 0 < place.number < 2**63:
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
    """What to list: a condition for each table that it is taken from, and everybody by key."""

    conditions: dict[str, Q]
    people: Mapping[int, User]

    def entries(self, after: LogPosition | None, count: int) -> list[Entry]:
        """Return so many entries after a place, or from the newest on, with one query."""
        if not self.conditions:
            return []
        first, *others = (self._newest(table, after, count) for table in self.conditions)
        if others:
            first = first.union(*others, all=True).order_by("-moment", "-place", "-number")[:count]
        return [self._entry(*row) for row in first]

    def all(self) -> Iterator[list[Entry]]:
        """Return all entries, a thousand at a time."""
        place: LogPosition | None = None
        while page := self.entries(place, AT_ONCE):
            yield page
            place = LogPosition.of(page[-1])

    def _newest(self, table: str, after: LogPosition | None, count: int) -> QuerySet[Any, Any]:
        older = after.older(table) if after else Q()
        rows = MODELS[table]._default_manager.filter(self.conditions[table], older).order_by("-at", "-id")
        columns = _COMMON | {"place": Value(table)} | COLUMNS[table]
        return rows.annotate(**columns).values_list(*columns)[:count]

    def _entry(
        self, at: datetime, table: str, number: int, codes: dict[str, Any], whose: int | None, what: str,
        came_from: str, went_to: str, by: str, about: UUID | None, reference: str, subject: int | None,
        feed_of: str,
    ) -> Entry:  # fmt: skip
        user = self.people[whose] if whose else None
        if table == ACCOUNT:
            account = self.people[subject or 0]
            return AccountEvent(id=number, at=at, codes=codes, user=user, account=account, act=what)
        consultation = ConsultationRequest(id=about, reference=reference) if about else None
        if table == LOOKED:
            feed = CalendarFeed(clinician=Clinician(name=feed_of)) if feed_of else None
            return AccessLog(
                id=number, at=at, codes=codes, user=user, request=consultation, look=what, feed=feed
            )
        return Event(
            id=number, at=at, codes=codes, user=user, request=consultation, verb=what,
            from_status=came_from, to_status=went_to, actor=by,
        )  # fmt: skip
