"""The states of a request as a drawing: plain numbers and words, which a template turns into SVG.

Arrows that lead on run above the open states, those that lead back below them, each on a lane of its own
with its words. One unit is a pixel of a desk screen. A table beside it says the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Final

from django.utils.translation import gettext as _

from booking.admin.help.help_lanes import COLUMNS, Arrow, arrows, levels
from booking.admin.help.help_ports import BOX_WIDTH, Ways, ports, x_of
from booking.rules.statuses import FINAL, Status
from booking.rules.transitions import Transition

WIDTH: Final = 1120
BOX_HEIGHT: Final = 48
LANE: Final = 34
GAP: Final = 72
HEAD: Final = 7
WORD: Final = 19
LETTER: Final = 7.3


@dataclass(frozen=True)
class Box:
    """A state, or the frame around open or finished ones."""

    x: int
    y: int
    width: int
    height: int
    text: str
    kind: str
    code: str = ""

    @property
    def words_x(self) -> int:
        """Where its words stand, across: in the middle of a state, at the left of a frame."""
        return self.x + (14 if self.kind == "frame" else self.width // 2)

    @property
    def words_y(self) -> int:
        """Where its words stand, down."""
        return self.y + (self.height - 12 if self.kind == "frame" else self.height // 2 + 5)


@dataclass(frozen=True)
class DrawnArrow:
    """An arrow: its path, its head, the joints where states join it, its words."""

    kind: str
    path: str
    head: str
    joints: list[tuple[int, int]]
    text: str
    x: int
    y: int
    anchor: str = "middle"


@dataclass
class Drawing:
    """All of it."""

    boxes: list[Box] = field(default_factory=list)
    lines: list[DrawnArrow] = field(default_factory=list)
    height: int = 0
    width: int = WIDTH


def words(arrow: Arrow) -> str:
    """Return the steps of an arrow in words."""
    text = " · ".join(str(verb.label) for verb in arrow.verbs)
    return _("%(steps)s (the patient too)") % {"steps": text} if arrow.patient_too else text


def draw(rows: Iterable[Transition]) -> Drawing:
    """Return the drawing of these transitions."""
    return _Plan(arrows(rows)).drawing()


class _Plan:
    """Where everything goes: heights from the number of lanes, then ports, then lines."""

    def __init__(self, found: list[Arrow]) -> None:
        self.by_way: Ways = {
            way: [one for one in found if one.goes == way] for way in ("in", "on", "back", "out", "end")
        }
        self.above, self.below = levels(self.by_way["on"]), levels(self.by_way["back"])
        self.frame_top = 12 + WORD * len(self.by_way["in"])
        self.row = self.frame_top + 30 + LANE * (1 + max(self.above.values(), default=0))
        self.floor = self.row + BOX_HEIGHT
        self.frame_end = self.floor + LANE * (2 + max(self.below.values(), default=0))
        self.finals_top = self.frame_end + GAP
        self.finals_row = self.finals_top + 20
        self.finals_end = self.finals_row + BOX_HEIGHT + 18
        self.ports = ports(self.by_way, self.above, self.below)
        self.beneath = {one for one, _status, _way in self.ports if one not in self.above}

    def drawing(self) -> Drawing:
        made = Drawing(height=self.finals_end + 6)
        frames = (
            (_("Open: we still have to act"), self.frame_top, self.frame_end),
            (_("Finished"), self.finals_top, self.finals_end),
        )
        made.boxes += [Box(8, y, WIDTH - 16, end - y, text, "frame") for text, y, end in frames]
        made.boxes += [self._box(status) for status in Status]
        # Where two cross, the one drawn later passes over the other: near lanes over far ones.
        lanes = [*self.above.items(), *self.below.items()]
        far_first = [arrow for arrow, _level in sorted(lanes, key=lambda lane: -lane[1])]
        ways = [(self._out, "out"), (self._end, "end"), (self._in, "in")]
        made.lines += [make(arrow) for make, way in ways for arrow in self.by_way[way]]
        made.lines += [self._lane(arrow) for arrow in far_first]
        return made

    def _box(self, status: Status) -> Box:
        y, kind = (self.finals_row, "final") if status in FINAL else (self.row, "open")
        return Box(x_of(COLUMNS[status]), y, BOX_WIDTH, BOX_HEIGHT, str(status.label), kind, status.value)

    def _in(self, arrow: Arrow) -> DrawnArrow:
        x, top = self.ports[arrow, arrow.target, "to"], 4 + WORD * self.by_way["in"].index(arrow)
        return _line(arrow, f"M{x} {top}V{self.row}", (x, self.row), (x + 10, top + 12), "start")

    def _lane(self, arrow: Arrow) -> DrawnArrow:
        if arrow in self.above:
            edge, y = self.row, self.row - LANE * (1 + self.above[arrow])
        else:
            edge, y = self.floor, self.floor + LANE * (1 + self.below[arrow])
        to = self.ports[arrow, arrow.target, "to"]
        starts = [(self.ports[arrow, one, "from"], edge) for one in arrow.sources - FINAL]
        starts = starts or [(x_of(0) + BOX_WIDTH - 14, self.finals_top)]
        starts.sort(key=lambda start: abs(start[0] - to), reverse=True)
        path = "".join(f"M{x} {start}V{y}" for x, start in starts) + f"M{starts[0][0]} {y}H{to}V{edge}"
        room = 16 + round(len(words(arrow)) * LETTER / 2)
        middle = min(max(self._clear(arrow, starts[-1][0], to), room), WIDTH - room)
        made = _line(arrow, path, (to, edge), (middle, y - 7), "middle", up=edge == self.floor)
        return replace(made, joints=[(x, y) for x, _start in starts[1:]])

    def _clear(self, arrow: Arrow, start: int, to: int) -> int:
        """Return where the words of a lane stand: in the middle, or below where fewest arrows come down."""
        low, high = sorted((start, to))
        if arrow in self.above:
            return (low + high) // 2
        depth = self.below[arrow]
        deeper = {one for one in self.beneath if self.below.get(one, depth + 1) > depth}
        crossing = [x for (one, _status, _way), x in self.ports.items() if one in deeper and low < x < high]
        edges = sorted({low, high, *crossing})
        left, right = max(pairwise(edges), key=lambda gap: gap[1] - gap[0])
        return (left + right) // 2

    def _out(self, arrow: Arrow) -> DrawnArrow:
        starts = sorted((COLUMNS[one], self.ports[arrow, one, "from"]) for one in arrow.sources)
        column = COLUMNS[arrow.target]
        straight = [x for place, x in starts if place == column]
        to, y = (straight or [x_of(column) + BOX_WIDTH // 2])[0], self.frame_end + GAP // 2 + 6
        path = "".join(f"M{x} {self.floor}V{y}H{to}" for _place, x in starts)
        late = column == max(COLUMNS.values())
        words_at, anchor = ((to - 12, y - 8), "end") if late else ((to + 12, y - 8), "start")
        made = _line(arrow, f"{path}V{self.finals_row}", (to, self.finals_row), words_at, anchor)
        return replace(made, joints=[(to, y)] if straight and len(starts) > 1 else [])

    def _end(self, arrow: Arrow) -> DrawnArrow:
        """Any open state leads there: the arrow leaves the frame."""
        others = [one for one in self.by_way["end"] if one.target == arrow.target]
        x = x_of(COLUMNS[arrow.target]) + BOX_WIDTH * (others.index(arrow) + 3) // (len(others) + 3)
        words_at = (x + 12, self.frame_end + GAP // 2 + 6)
        return _line(
            arrow, f"M{x} {self.frame_end}V{self.finals_row}", (x, self.finals_row), words_at, "start"
        )


def _line(
    arrow: Arrow, path: str, tip: tuple[int, int], words_at: tuple[int, int], anchor: str, *, up: bool = False
) -> DrawnArrow:
    return DrawnArrow(arrow.kind, path, _head(*tip, up=up), [], words(arrow), *words_at, anchor)


def _head(x: int, y: int, *, up: bool = False) -> str:
    back = y + HEAD * 1.5 if up else y - HEAD * 1.5
    return f"{x},{y} {x - HEAD + 1},{back:g} {x + HEAD - 1},{back:g}"
