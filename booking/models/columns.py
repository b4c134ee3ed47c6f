"""The data class of every column, kept in the database itself as the column's comment.

The first word says what erasure does with it. A test fails on a column without a class.
"""

from __future__ import annotations

from typing import Final

from django.db.models import F, Func, IntegerField
from django.db.models.lookups import LessThanOrEqual

KEEP: Final = "keep: no personal data"
KEEP_STAFF: Final = "keep: which member of staff acted"
ERASE_PERSON: Final = "erase: identifies the person"
ERASE_HEALTH: Final = "erase: tells about health"
ERASE_LINK: Final = "erase: opens something for the person"

# Roomy beside what the forms let through (4 bytes a character), tight beside what a mistake could store.
DOCUMENT_BYTES: Final = 65_536
NOTE_BYTES: Final = 32_768


def no_longer_than(column: str, most: int) -> LessThanOrEqual:
    """Return the condition that a sealed column holds at most so many bytes."""
    return LessThanOrEqual(Func(F(column), function="octet_length", output_field=IntegerField()), most)


def no_more_than(column: str, most: int) -> LessThanOrEqual:
    """Return the condition that an array column holds at most so many entries."""
    return LessThanOrEqual(Func(F(column), function="cardinality", output_field=IntegerField()), most)
