"""Cells of a sheet that no program takes for a formula."""

from __future__ import annotations

from datetime import datetime
from typing import Final

Cell = str | int | float | datetime | None
# OWASP, "CSV Injection": what spreadsheet programs read as the start of a formula, or as a break out of the
# cell; the full-width signs are taken for the plain ones by some of them.
RISKY: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")
QUOTE: Final = "'"


def safe(cell: Cell) -> Cell:
    """Return a cell as it may stand in a sheet: a risky text behind an apostrophe, all else as it is."""
    if not isinstance(cell, str):
        return cell
    text = cell.replace("\0", "")
    return QUOTE + text if text.lstrip(" ").startswith(RISKY) else text
