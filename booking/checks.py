"""Invariants of the requests as system checks."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import Error as DatabaseError
from django.db import connections

from booking.models import KeyCheck


@register(Tags.database)
def keys_are_the_ones_used_before(
    app_configs: Any, databases: Any = None, **kwargs: Any
) -> list[CheckMessage]:
    """clinic.E010: with other keys every stored document would be unreadable, and new ones mixed in."""
    if not databases:
        return []
    try:
        if KeyCheck._meta.db_table not in connections["default"].introspection.table_names():
            return []
        agrees = KeyCheck.agrees()
    except DatabaseError:
        return []
    hint = "Restore SEAL_KEYS and SEARCH_KEY that belong to this database, from your key backup."
    return (
        []
        if agrees
        else [Error("SEAL_KEYS or SEARCH_KEY are not this database's.", hint=hint, id="clinic.E010")]
    )
