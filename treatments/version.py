"""The version of the public content: one small query, whose answer a process remembers for a few seconds."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Count, Max, QuerySet, Sum, Value
from django.db.models.functions import Extract

from treatments.models import SignOff
from treatments.models.base import Content

# With nginx's own five seconds in front, an edit is public in less than ten.
SECONDS = 4.0

Stamps = tuple[tuple[Any, ...], ...]


def read() -> Stamps:
    """Return newest change, number of rows and sum of all changes of each table that pages are made from.

    The sum, because the newest change alone misses an edit by a machine whose clock is behind.
    Raises django.db.Error when the database does not answer.
    """
    first, *rest = _stamps()
    return tuple(first.union(*rest, all=True).order_by("table"))


class Version:
    """Remembers the version for SECONDS of its clock, and lets one thread at a time ask for it."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._asking = clock, threading.Lock()
        self._known: tuple[float, Stamps] | None = None

    def now(self) -> Stamps:
        """Return the version. Raises django.db.Error when it has to ask and the database does not answer."""
        known = self._known
        if known and self._clock() - known[0] < SECONDS:
            return known[1]
        # While another thread asks, the last answer will do; without one, wait for it.
        if not self._asking.acquire(blocking=known is None) and known:
            return known[1]
        try:
            # Before the query: a change made while it runs is at most SECONDS late.
            asked = self._clock()
            stamps = read()
            self._known = (asked, stamps)
            return stamps
        finally:
            self._asking.release()

    def forget(self) -> None:
        """Ask again at the next call."""
        self._known = None


def _stamps() -> Iterator[QuerySet[Any, tuple[Any, ...]]]:
    tables = [model for model in apps.get_app_config("treatments").get_models() if issubclass(model, Content)]
    for model in tables:
        yield _stamp(model, "updated_at")
    yield _stamp(SignOff, "signed_at")


def _stamp(model: type[models.Model], changed: str) -> QuerySet[Any, tuple[Any, ...]]:
    # A plain query set: the translating managers put the columns in an order of their own.
    table: QuerySet[Any, Any] = QuerySet(model).order_by().values(table=Value(model._meta.model_name))
    numbers = {"newest": Max(changed), "rows": Count("pk"), "all": Sum(Extract(changed, "epoch"))}
    stamps: QuerySet[Any, tuple[Any, ...]] = table.annotate(**numbers).values_list("table", *numbers)
    return stamps
