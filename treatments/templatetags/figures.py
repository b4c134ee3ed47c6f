"""The arithmetic of the figures: templates draw with SVG attributes, because inline styles are barred."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from math import ceil
from typing import Protocol

from django import template

register = template.Library()

BLOCK = 60  # width of one whole block, in units of the drawing
GAP = 4  # between two blocks
MAX_BLOCKS = 12  # beyond this, one block stands for ten


class Compared(Protocol):
    """A result with the figure for placebo beside it, both in the same unit."""

    with_botox: Decimal
    with_placebo: Decimal


@dataclass(frozen=True)
class Block:
    x: int
    width: int


@dataclass(frozen=True)
class Bars:
    """Two bars on one scale. Lengths are in units of the drawing, `each` in the finding's own unit."""

    each: int
    width: int
    botox: list[Block]
    placebo: list[Block]
    lower: int
    higher: int
    lower_percent: int


@register.filter
def bars(finding: Compared) -> Bars:
    """Return the blocks of both bars; the last block of each is cut to what is left."""
    longest = max(finding.with_botox, finding.with_placebo)
    each = 1 if longest <= MAX_BLOCKS else 10
    width = max(10, ceil(longest / each)) * BLOCK
    botox, placebo = (round(value / each * BLOCK) for value in (finding.with_botox, finding.with_placebo))
    lower, higher = sorted((botox, placebo))
    return Bars(each, width, _blocks(botox), _blocks(placebo), lower, higher, round(100 * lower / width))


def _blocks(length: int) -> list[Block]:
    starts = range(0, length, BLOCK)
    return [Block(x + GAP // 2, max(1, min(BLOCK, length - x) - GAP)) for x in starts]


@dataclass(frozen=True)
class People:
    """One hundred people in rows of ten: so many whole rows are filled, and so many of the next."""

    rows: int
    rest: int


@register.filter
def people(per_100: int) -> People:
    """Return how to fill a square of one hundred people, from the top left."""
    return People(*divmod(min(100, max(0, int(per_100))), 10))
