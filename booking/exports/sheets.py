"""Rows as sheets: CSV line by line, or a workbook."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from tempfile import TemporaryFile
from typing import IO, Any, Final

from booking.exports.cells import Cell, safe

# What a cell of a workbook can hold.
LONGEST_CELL: Final = 32_767
DATE: Final = "yyyy-mm-dd hh:mm"


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, line: str) -> str:
        return line


def csv_lines(rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """Return RFC 4180 lines, each as soon as its row is there; no cell is taken for a formula."""
    writer = csv.writer(_Echo())
    # Spreadsheet programs know UTF-8 by this mark alone.
    yield "\ufeff"
    for row in rows:
        yield writer.writerow([_plain(safe(cell)) for cell in row])


def workbook(rows: Iterable[Sequence[Cell]], *, title: str) -> IO[bytes]:
    """Return the rows as an .xlsx file, ready to read and gone when closed.

    Rows go to a temporary file one by one, so that memory holds one; texts are written as texts, never as
    formulas or links, and moments as dates, which sort and add up.
    """
    from xlsxwriter import Workbook

    file = TemporaryFile()  # noqa: SIM115 (the response closes it)
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(file, options) as book:
        page = book.add_worksheet(title)
        bold = book.add_format({"bold": True})
        date = book.add_format({"num_format": DATE})
        page.freeze_panes(1, 0)
        for number, row in enumerate(rows):
            _write(page, number, [safe(cell) for cell in row], None if number else bold, date)
    file.seek(0)
    return file


def _plain(cell: Cell) -> Cell:
    return f"{cell:%Y-%m-%d %H:%M}" if isinstance(cell, datetime) else cell


def _write(page: Any, number: int, cells: list[Cell], style: Any, date: Any) -> None:
    for place, cell in enumerate(cells):
        if isinstance(cell, str):
            page.write_string(number, place, cell[:LONGEST_CELL], style)
        elif isinstance(cell, datetime):
            page.write_datetime(number, place, cell, date)
        elif cell is not None:
            page.write_number(number, place, cell, style)
