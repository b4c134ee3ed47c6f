"""The shipped content for a test: loaded once in a process, copied in from then on, which is much quicker."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection
from django.db.models import QuerySet

from treatments.content_files import records
from treatments.loader import MODELS, load
from treatments.models import LoadedContent

_rows: dict[bool, list[tuple[Any, list[Any]]]] = {}


def load_shipped(*, demo: bool) -> None:
    """Put the shipped content into the empty tables, with the placeholders of a demonstration or without."""
    if demo in _rows:
        return _copy(_rows[demo])
    if demo:
        call_command("load_content", demo=True, verbosity=0)
    else:
        load(records())
    tables = [*dict.fromkeys(MODELS.values()), LoadedContent]
    # Plain query sets: the translating managers put the columns in an order of their own.
    _rows[demo] = [(table, list(QuerySet(table).order_by("pk"))) for table in tables]


def _copy(tables: list[tuple[Any, list[Any]]]) -> None:
    for table, rows in tables:
        for row in rows:
            row._state.adding = True
        QuerySet(table).bulk_create(rows)
    models = [table for table, _rows in tables]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)
