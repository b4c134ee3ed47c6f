"""Figures from one statement, and none counted further than people read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection
from django.db.models import Count, Q, QuerySet, Value

from booking.models import ConsultationRequest
from booking.rules.statuses import OPEN, Status

# Nobody needs to know whether it is two thousand or three: counting stops here.
MAX_COUNTED: Final = 1_000
COUNTED: Final = "(SELECT COUNT(*) FROM (%s) AS bounded)"
LISTED: Final = "(SELECT JSONB_AGG(listed) FROM (%s) AS listed)"
# What conditions on open requests may ask about: the index `request_open_figures` holds all of it.
COLUMNS: Final = ("id", "status", "priority", "assignee_id", "news", "flags", "answered_at", "reply_by")
# Inside its own definition the name is that of the table, and after it that of the few rows which were read.
BOUNDED_COUNTS: Final = 'WITH "{table}" ({columns}) AS ({rows}) {figures}'

# What is counted: of one status alone, or of any (None), and under which condition.
CountedCondition = tuple[Status | None, Q]


class AtLeast(int):
    """A figure at which counting stopped: so many, or more."""


def shown(number: int) -> str:
    """Return a figure for people."""
    return f"{number:,}+" if isinstance(number, AtLeast) else f"{number:,}"


@dataclass(frozen=True)
class BoundedCounts:
    """Figures of open requests, all from the first MAX_COUNTED of each status, the most due first.

    While no status has as many, every figure is exact; else those that count such a status are `AtLeast`.
    """

    reach: Q
    conditions: Mapping[str, CountedCondition]

    @property
    def compiled(self) -> tuple[str, tuple[Any, ...]]:
        """The query: one row of the figures, and of how many requests of each status were seen."""
        requests = ConsultationRequest.objects.order_by()
        first, *others = (
            requests.filter(self.reach, status=status)
            .order_by("reply_by", "received_at", "pk")
            .values_list(*COLUMNS)[:MAX_COUNTED]
            for status in sorted(OPEN)
        )
        rows, seen = first.union(*others, all=True).query.sql_with_params()
        counts = {name: Count("pk", filter=each) for name, each in self._counted().items()}
        row = requests.annotate(one=Value(1)).values("one").annotate(**counts).values(*counts)
        sql, values = row.query.sql_with_params()
        columns = ", ".join(f'"{name}"' for name in COLUMNS)
        table = ConsultationRequest._meta.db_table
        return BOUNDED_COUNTS.format(table=table, columns=columns, rows=rows, figures=sql), (*seen, *values)

    def _counted(self) -> dict[str, Q]:
        # Under names that are no column's: a condition would ask about the figure instead.
        each = {f"seen_{status.name}": Q(status=status) for status in OPEN}
        return each | {
            f"number_{name}": Q(status=status) & condition if status else condition
            for name, (status, condition) in self.conditions.items()
        }

    def read(self, row: Mapping[str, int]) -> dict[str, int]:
        """Return the figures from the row of the query."""
        full = {status for status in OPEN if row[f"seen_{status.name}"] >= MAX_COUNTED}
        return {
            name: (AtLeast if full and (status is None or status in full) else int)(row[f"number_{name}"])
            for name, (status, _condition) in self.conditions.items()
        }


def figures(
    *glances: BoundedCounts,
    counted: Mapping[str, QuerySet[Any]] | None = None,
    lists: Mapping[str, QuerySet[Any]] | None = None,
    **values: QuerySet[Any],
) -> dict[str, Any]:
    """Return the figures of several glances and queries from one statement.

    What is `counted`, in no order, stops at MAX_COUNTED. `lists` are read as JSON, a list of rows by column,
    None without rows; `values` are queries of one row and one column, read as they are.
    """
    bounded = [query.values(one=Value(1))[:MAX_COUNTED] for query in (counted or {}).values()]
    parts = [
        *((LISTED, glance.compiled) for glance in glances),
        *((COUNTED, query.query.sql_with_params()) for query in bounded),
        *((LISTED, query.query.sql_with_params()) for query in (lists or {}).values()),
        *(("(%s)", query.query.sql_with_params()) for query in values.values()),
    ]
    columns = ", ".join(shape % sql for shape, (sql, _values) in parts)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns}", [value for _shape, (_sql, mine) in parts for value in mine])
        row = cursor.fetchone()
    found = dict(zip([*(counted or {}), *(lists or {}), *values], row[len(glances) :], strict=True))
    found |= {name: AtLeast(MAX_COUNTED) for name in counted or {} if found[name] >= MAX_COUNTED}
    for glance, seen in zip(glances, row, strict=False):
        found |= glance.read(json.loads(seen)[0])
    return found
