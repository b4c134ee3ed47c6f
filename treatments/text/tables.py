"""Tables as an editor types them, held against what a page would show of them."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from markdown_it.token import Token

# GFM, tables extension: a pipe ends a cell unless a backslash stands before it, in code too.
BORDER = re.compile(r"(?<!\\)\|")


def complaints(text: str, tokens: list[Token]) -> list[str]:
    """Return one sentence for each row whose cells would be lost, and for each table that is none."""
    source = text.splitlines()
    rows = [line for token in tokens if token.type == "table_open" for line in _uneven(source, token)]
    broken = (
        line
        for token in tokens
        if token.type == "inline"
        for line in token.content.splitlines()
        if line.lstrip().startswith("|")
    )
    first = next(broken, None)
    return [*rows, *([_no_table(first)] if first else [])]


def _uneven(source: list[str], table: Token) -> list[str]:
    first, end = table.map or (0, 0)
    columns = _cells(source[first])
    return [
        _("The table row “%(row)s” has %(cells)s, the heading of the table %(columns)s.")
        % {"row": row.strip()[:60], "cells": _count(_cells(row)), "columns": _count(columns)}
        for row in source[first + 2 : end]
        if _cells(row) != columns
    ]


def _cells(row: str) -> int:
    return len(BORDER.split(row.strip().removeprefix("|"))) - bool(re.search(r"(?<!\\)\|$", row.strip()))


def _count(cells: int) -> str:
    return ngettext("%(n)d cell", "%(n)d cells", cells) % {"n": cells}


def _no_table(line: str) -> str:
    return _(
        "“%(line)s” looks like a row of a table, but it is in none. A table begins with its heading, then a "
        "line of as many “---” between the same bars, and stands between empty lines."
    ) % {"line": line.strip()[:60]}
