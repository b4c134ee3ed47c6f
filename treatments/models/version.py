"""The version of the public content: one small query, whose answer a process remembers for a few seconds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Count, Max, QuerySet, Sum, Value
from django.db.models.functions import Extract

from treatments.models import SignOff
from treatments.models.base import Content
from treatments.timed_cache import TimedCache

Stamps = tuple[tuple[Any, ...], ...]


def read() -> Stamps:
    """Return newest change, number of rows and sum of all changes of each table that pages are made from.

    The sum, because the newest change alone misses an edit by a machine whose clock is behind.
    Raises django.db.Error when the database does not answer.
    """
    first, *rest = _stamps()
    return tuple(first.union(*rest, all=True).order_by("table"))


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


content_version = TimedCache(read)
