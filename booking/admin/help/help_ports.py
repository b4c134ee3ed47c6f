"""Where arrows meet the boxes of the drawing of states, so that no two of them share a line."""

from __future__ import annotations

from typing import Final

from booking.admin.help.help_lanes import COLUMNS, Arrow
from booking.rules.statuses import FINAL, Status

LEFT: Final = 28
PITCH: Final = 222
BOX_WIDTH: Final = 172
Ways = dict[str, list[Arrow]]
Levels = dict[Arrow, int]
# An arrow at a state, where it leaves ("from") or arrives ("to"), and how far across it meets the box.
Ports = dict[tuple[Arrow, Status, str], int]
End = tuple[Arrow, Status, str, tuple[int, int]]


def x_of(column: int) -> int:
    """Return where a column begins."""
    return LEFT + PITCH * column


def ports(by_way: Ways, above: Levels, below: Levels) -> Ports:
    """Return where each arrow meets each of its boxes, above and below the open states."""
    return {**_above(by_way, above), **_below(by_way, below)}


def _above(by_way: Ways, above: Levels) -> Ports:
    """Return the ports above: what comes from the left, near lanes first, then what leaves."""
    ends = [(arrow, arrow.target, "to", (0, -1)) for arrow in by_way["in"]]
    for arrow, level in above.items():
        ends.append((arrow, arrow.target, "to", (3, 0) if arrow.target in arrow.sources else (0, level)))
        ends += [
            (arrow, source, "from", (2 if source == arrow.target else 1, -level)) for source in arrow.sources
        ]
    return _spread(ends)


def _below(by_way: Ways, below: Levels) -> Ports:
    """Return the ports below: from the left, what leads back, what leads out, from the right."""
    ends = [(arrow, source, "from", (2, 0)) for arrow in by_way["out"] for source in arrow.sources]
    for arrow, level in below.items():
        finished = not arrow.sources.isdisjoint(FINAL)
        ends.append((arrow, arrow.target, "to", (0, level) if finished else (3, -level)))
        if not finished:
            ends += [(arrow, source, "from", (1, level)) for source in arrow.sources]
    return _spread(ends)


def _spread(ends: list[End]) -> Ports:
    ports = {}
    for status in Status:
        here = sorted((end for end in ends if end[1] == status), key=lambda end: end[3])
        for place, (arrow, _status, way, _order) in enumerate(here, 1):
            ports[arrow, status, way] = x_of(COLUMNS[status]) + BOX_WIDTH * place // (len(here) + 1)
    return ports
