"""Charts as plain numbers and words: the template turns them into SVG attributes, so no style is inline.

One unit is a pixel of a chart drawn as wide as its panel on a desk screen (560). Every chart stands beside
a table that says the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import ceil, log10
from typing import Final

WIDTH: Final = 560
HEIGHT: Final = 230
LEFT: Final = 40
TOP: Final = 24
FLOOR: Final = HEIGHT - 30
MAX_VALUES: Final = 16
LABEL: Final = 60
KINDS: Final = ("a", "b", "c", "d", "e")


@dataclass(frozen=True)
class Box:
    """A rectangle; `kind` picks its fill."""

    x: str
    y: str
    width: str
    height: str
    kind: str


@dataclass(frozen=True)
class Word:
    """A label; `kind` picks anchor and weight, and what narrow screens leave out."""

    x: str
    y: str
    text: str
    kind: str


@dataclass(frozen=True)
class Curve:
    """A line in pieces (a week without a value breaks it), with a marker at each of its points."""

    kind: str
    pieces: list[str]
    points: list[tuple[str, str]]


@dataclass
class Chart:
    """What a drawing consists of; `legend` names the fills."""

    title: str
    right: int = WIDTH
    boxes: list[Box] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)
    curves: list[Curve] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    legend: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Bar:
    """A line of a bar list: its words, its number, and how long it is of a hundred."""

    label: str
    number: str
    length: str
    note: str = ""


def ticks(most: float) -> list[int]:
    """Return four to six round numbers from zero on, the last at least `most`."""
    if most <= 4:
        return list(range(max(ceil(most), 1) + 1))
    step = next(
        step
        for power in range(int(log10(most)) + 1)
        for step in (10**power, 2 * 10**power, 5 * 10**power)
        if most / step <= 5
    )
    return list(range(0, (ceil(most / step) + 1) * step, step))


def stacked(title: str, names: Sequence[str], labels: Sequence[str], rows: Sequence[Sequence[int]]) -> Chart:
    """Return columns, one for each label, of one part for each name, with the sum above."""
    chart, sums = Chart(title), [sum(row) for row in rows]
    scale = _scale(chart, ticks(max(sums, default=0)))
    slot = _slots(chart, labels)
    for place, row in enumerate(rows):
        floor = 0.0
        for kind, part in zip(KINDS, row, strict=False):
            if part:
                chart.boxes.append(_column(place, slot, scale, floor, floor + part, kind))
            floor += part
        _value(chart, place, slot, scale * sums[place], str(sums[place]), len(rows))
    chart.legend = list(zip(KINDS, names, strict=False))
    return chart


def shares(title: str, labels: Sequence[str], rows: Sequence[float | None]) -> Chart:
    """Return columns of percentages; None leaves a gap."""
    chart = Chart(title)
    scale, slot = _scale(chart, range(0, 101, 25), "%"), _slots(chart, labels)
    for place, share in enumerate(rows):
        if share is not None:
            chart.boxes.append(_column(place, slot, scale, 0, share, "a"))
            _value(chart, place, slot, scale * share, f"{share:.0f}", len(rows))
    return chart


def curves(
    title: str, labels: Sequence[str], rows: Sequence[tuple[str, str, Sequence[float | None]]]
) -> Chart:
    """Return a line for each (kind, name, values), the lowest first, named at its end."""
    chart = Chart(title, right=WIDTH - 86)
    known = [value for _kind, _name, values in rows for value in values if value is not None]
    scale, slot = _scale(chart, ticks(max(known, default=0))), _slots(chart, labels)
    taken = list[float]()
    for kind, name, values in rows:
        points = [
            None if v is None else (LEFT + (n + 0.5) * slot, FLOOR - v * scale) for n, v in enumerate(values)
        ]
        shown = [point for point in points if point]
        chart.curves.append(Curve(kind, _pieces(points), [(_n(x), _n(y)) for x, y in shown]))
        if shown:
            y = min([shown[-1][1], *(other - 16 for other in taken if abs(other - shown[-1][1]) < 16)])
            taken.append(y)
            last = next(value for value in reversed(values) if value is not None)
            chart.words.append(Word(_n(shown[-1][0] + 10), _n(y + 4), f"{name}: {last:.1f}", "name"))
    return chart


def bars(rows: Sequence[tuple[str, int]], *, of: int | None = None) -> list[Bar]:
    """Return bars with their share of `of`, or of them all; the longest fills the line."""
    most, whole = (
        max((count for _label, count in rows), default=0),
        of or sum(count for _label, count in rows),
    )
    return [
        Bar(label, str(count), _n(100 * count / most if most else 0), f"{count / whole:.0%}" if whole else "")
        for label, count in rows
    ]


def _scale(chart: Chart, marks: Sequence[int], unit: str = "") -> float:
    """Draw the lines of the scale; return how high one is."""
    one = (FLOOR - TOP) / (marks[-1] or 1)
    for mark in marks:
        chart.lines.append(_n(FLOOR - mark * one))
        chart.words.append(Word(str(LEFT - 8), _n(FLOOR - mark * one + 4), f"{mark}{unit}", "scale"))
    return one


def _slots(chart: Chart, labels: Sequence[str]) -> float:
    """Write the labels under the floor, as many as there is room for; return how wide a slot is.

    Every third stays on a narrow screen. Of the others, such as "Sep 14", the month is left out where the
    label before has the same.
    """
    slot = (chart.right - LEFT) / max(len(labels), 1)
    every, written = ceil(LABEL / slot), ""
    for place in range(0, len(labels), every):
        month, _space, day = labels[place].rpartition(" ")
        stays = (place // every) % 3 == 0
        text = day if month == written and not stays else labels[place]
        kind = "label" if stays else "label label--wide"
        chart.words.append(Word(_n(LEFT + (place + 0.5) * slot), str(FLOOR + 18), text, kind))
        written = month
    return slot


def _column(place: int, slot: float, scale: float, low: float, high: float, kind: str) -> Box:
    x, width = LEFT + place * slot + slot * 0.15, slot * 0.7
    return Box(_n(x), _n(FLOOR - high * scale), _n(width), _n((high - low) * scale), kind)


def _value(chart: Chart, place: int, slot: float, height: float, text: str, columns: int) -> None:
    if columns <= MAX_VALUES:
        chart.words.append(Word(_n(LEFT + (place + 0.5) * slot), _n(FLOOR - height - 6), text, "value"))


def _pieces(points: Sequence[tuple[float, float] | None]) -> list[str]:
    pieces: list[list[str]] = [[]]
    for point in points:
        if point is None:
            pieces.append([])
        else:
            pieces[-1].append(f"{_n(point[0])},{_n(point[1])}")
    return [" ".join(piece) for piece in pieces if len(piece) > 1]


def _n(number: float) -> str:
    """Return a number as SVG wants it, whatever the language of the page."""
    return f"{number:.1f}".removesuffix(".0")
