"""The drawn calendar: columns of blocks on rows of a quarter of an hour, as the clock on the wall counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from booking.rules.free_times import Hours, Schedule, Span

ROWS_AN_HOUR: Final = 4
MINUTES_A_ROW: Final = 15
USUAL_DAY: Final = (8, 17)
LANES: Final = ("left", "right")


@dataclass(frozen=True)
class Block:
    """Something that takes time: a visit, a hold, or a stretch in which nobody works."""

    kind: str
    row: int
    rows: int
    title: str
    time: str = ""
    detail: str = ""
    url: str = ""
    lane: str = ""


@dataclass
class Column:
    """A day of a clinician."""

    title: str
    hint: str
    url: str
    is_today: bool
    blocks: list[Block] = field(default_factory=list)


@dataclass(frozen=True)
class Window:
    """The hours that are drawn: from one full hour up to another."""

    zone: ZoneInfo
    first: int
    last: int

    @classmethod
    def around(cls, zone: ZoneInfo, hours: Iterable[Hours], spans: Iterable[Span]) -> Window:
        """Return a window that holds all these hours and visits, and an ordinary working day."""
        firsts, lasts = [USUAL_DAY[0]], [USUAL_DAY[1]]
        for opens, closes in (stretch for day in hours for stretch in day):
            firsts.append(opens.hour)
            lasts.append(_full_hour(closes))
        for span in spans:
            start, end = span.starts_at.astimezone(zone), span.ends_at.astimezone(zone)
            firsts.append(start.hour)
            lasts.append(_full_hour(end.time()) if end.date() == start.date() else 24)
        return cls(zone, min(firsts), max(lasts))

    @property
    def rows(self) -> int:
        """How many rows are drawn."""
        return (self.last - self.first) * ROWS_AN_HOUR

    @property
    def hours(self) -> list[tuple[int, time]]:
        """Each full hour with its row."""
        return [(1 + n * ROWS_AN_HOUR, time(self.first + n)) for n in range(self.last - self.first)]

    def row(self, moment: datetime) -> int | None:
        """Return the row of a moment, counted from 1; None outside the window."""
        found = self._row(moment.astimezone(self.zone).time())
        return found if 1 <= found <= self.rows else None

    def block(self, kind: str, span: Span, title: str, **words: str) -> Block:
        """Return a block for a visit; its rows are at least one."""
        start = span.starts_at.astimezone(self.zone)
        minutes = max((span.ends_at - span.starts_at) / timedelta(minutes=1), MINUTES_A_ROW)
        row = min(max(self._row(start.time()), 1), self.rows)
        return Block(kind, row, min(-int(-minutes // MINUTES_A_ROW), self.rows - row + 1), title, **words)

    def off(self, day: date, span: Span, title: str) -> Block | None:
        """Return the block of an absence on a day, cut to the window; None when it does not meet the day."""
        midnight = datetime.combine(day, time.min, self.zone)
        start, end = max(span.starts_at, midnight), min(span.ends_at, midnight + timedelta(days=1))
        if start >= end:
            return None
        first = max(self._row(start.astimezone(self.zone).time()), 1)
        last = self._row(end.astimezone(self.zone).time()) if end < midnight + timedelta(days=1) else 97
        return self._between(first, last, title)

    def gaps(self, plan: Schedule, day: date, words: tuple[str, str]) -> list[Block]:
        """Return what lies outside a day's hours: before and after them, and, as a break, between them."""
        outside, between = words
        found, row = [], 1
        hours = plan.hours(day)
        for opens, closes in hours:
            found.append(self._between(row, self._row(opens), between if row > 1 else outside))
            row = self._row(closes)
        found.append(self._between(row, self.rows + 1, outside))
        return [block for block in found if block]

    def _between(self, first: int, last: int, title: str) -> Block | None:
        first, last = max(first, 1), min(last, self.rows + 1)
        return Block("off", first, last - first, title) if last > first else None

    def _row(self, wall: time) -> int:
        return ((wall.hour - self.first) * 60 + wall.minute) // MINUTES_A_ROW + 1


def side_by_side(blocks: Sequence[Block]) -> list[Block]:
    """Return blocks, of which those that share rows lie in two lanes: one over, and who has the time now."""
    found: list[Block] = []
    for block in sorted(blocks, key=lambda one: one.row):
        before = found[-1] if found else None
        if before and block.row < before.row + before.rows:
            found[-1] = replace(before, lane=before.lane or LANES[0])
            block = replace(block, lane=LANES[found[-1].lane == LANES[0]])
        found.append(block)
    return found


def behind(off: Block, blocks: Sequence[Block]) -> list[Block]:
    """Return what can be seen of a stretch behind other blocks; the longest piece says what it is."""
    hidden = {row for block in blocks for row in range(block.row, block.row + block.rows)}
    pieces: list[Block] = []
    for row in range(off.row, off.row + off.rows):
        if row in hidden:
            continue
        last = pieces[-1] if pieces else None
        if last and last.row + last.rows == row:
            pieces[-1] = replace(last, rows=last.rows + 1)
        else:
            pieces.append(replace(off, row=row, rows=1, title=""))
    longest = max(range(len(pieces)), key=lambda n: pieces[n].rows, default=None)
    return [replace(one, title=off.title) if n == longest else one for n, one in enumerate(pieces)]


def sheets(columns: Sequence[Column], most: int) -> list[list[Column]]:
    """Return columns in sheets of about the same width, none with more than `most`."""
    size = -(-len(columns) // max(-(-len(columns) // most), 1)) or 1
    return [list(columns[start : start + size]) for start in range(0, len(columns), size)]


def in_order(blocks: Sequence[Block]) -> list[Block]:
    """Return blocks as they are read: from the top; what is drawn behind others first."""
    return sorted(blocks, key=lambda block: (block.row, block.kind != "off"))


def _full_hour(wall: time) -> int:
    return wall.hour + (1 if wall.minute else 0)
