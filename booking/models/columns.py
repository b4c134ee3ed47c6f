"""The data class of every column, kept in the database itself as the column's comment.

The first word says what erasure does with it. A test fails on a column without a class.
"""

from __future__ import annotations

from typing import Final

KEEP: Final = "keep: no personal data"
KEEP_STAFF: Final = "keep: which member of staff acted"
ERASE_PERSON: Final = "erase: identifies the person"
ERASE_HEALTH: Final = "erase: tells about health"
ERASE_LINK: Final = "erase: opens something for the person"
