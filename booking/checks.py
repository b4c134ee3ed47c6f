"""Invariants of the requests as system checks."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import Error as DatabaseError
from django.db import connections

from booking.models import KeyCheck
from booking.models.key_check import NOT_THESE


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
        disagrees = KeyCheck.disagrees()
    except DatabaseError:
        return []
    hint = "Restore SEAL_KEYS and SEARCH_KEY that belong to this database, from your key backup."
    return [Error(f"{NOT_THESE}.", hint=hint, id="clinic.E010")] if disagrees else []
