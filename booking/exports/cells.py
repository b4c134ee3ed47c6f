"""Cells of a sheet that no program takes for a formula."""

from __future__ import annotations

from typing import Final

Cell = str | int | float | None
# OWASP, "CSV Injection": what spreadsheet programs read as the start of a formula, or as a break out of the
# cell; the full-width signs are taken for the plain ones by some of them.
RISKY: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")
QUOTE: Final = "'"


def safe(cell: Cell) -> Cell:
    """Return a cell as it may stand in a sheet: numbers as they are, a risky text behind an apostrophe."""
    if not isinstance(cell, str):
        return cell
    text = cell.replace("\0", "")
    return QUOTE + text if text.lstrip(" ").startswith(RISKY) else text
