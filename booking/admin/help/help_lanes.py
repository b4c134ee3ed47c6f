"""Which steps share an arrow in the drawing of states, and on which lane each arrow runs.

A lane is a level above the row of open states (steps that lead on) or below it (steps that lead back).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from booking.rules.roles import Role
from booking.rules.statuses import FINAL, OPEN, Status
from booking.rules.transitions import PATIENT, SYSTEM, Transition, Verb

# Where each state stands, from the left. A new state must be given a place.
COLUMNS: Final = {
    Status.NEW: 0,
    Status.IN_REVIEW: 1,
    Status.WAITING_FOR_PATIENT: 2,
    Status.TIMES_OFFERED: 3,
    Status.SCHEDULED: 4,
    Status.DECLINED: 1,
    Status.WITHDRAWN: 2,
    Status.CLOSED: 3,
    Status.SEEN: 4,
}
STAFF_KIND, PATIENT_KIND, SYSTEM_KIND = "staff", "patient", "system"


@dataclass(frozen=True)
class Arrow:
    """Steps of one kind from the same states to the same state; no states: they make the request."""

    sources: frozenset[Status]
    target: Status
    kind: str
    verbs: tuple[Verb, ...]
    patient_too: bool = False

    @property
    def columns(self) -> list[int]:
        """The places of its states, from the left; coming back from the finished ones starts at the left."""
        if self.sources == FINAL:
            return [0]
        return sorted(COLUMNS[status] for status in self.sources)

    @property
    def span(self) -> tuple[float, float]:
        """From where to where its lane reaches, in columns."""
        ends = [*self.columns, COLUMNS[self.target]]
        low, high = min(ends), max(ends)
        return (low, high) if low < high else (low, low + 0.5)

    @property
    def goes(self) -> str:
        """Which way it goes: in, on, back, out or end (of any open request)."""
        if not self.sources:
            return "in"
        if self.target in FINAL:
            return "end" if self.sources == OPEN else "out"
        return "on" if self.sources != FINAL and self.columns[0] <= COLUMNS[self.target] else "back"


def kind_of(row: Transition) -> str:
    """Return by whom a step is taken: the patient alone, the site by itself, or staff."""
    return {PATIENT: PATIENT_KIND, SYSTEM: SYSTEM_KIND}.get(row.actors, STAFF_KIND)


def arrows(rows: Iterable[Transition]) -> list[Arrow]:
    """Return the arrows of all steps that lead to a state, in the order of the table."""
    found: dict[tuple[frozenset[Status], Status, str, bool], list[Verb]] = {}
    for row in rows:
        if row.target is None:
            continue
        kind = kind_of(row)
        both = kind == STAFF_KIND and Role.PATIENT in row.actors
        for sources in _sides(row.sources, row.target):
            found.setdefault((sources, row.target, kind, both), []).append(row.verb)
    return [
        Arrow(sources, target, kind, tuple(verbs), both)
        for (sources, target, kind, both), verbs in found.items()
    ]


def _sides(sources: frozenset[Status], target: Status) -> list[frozenset[Status]]:
    """Return the states a step leads from: those to the right of the target apart from the others."""
    if not sources or sources in (OPEN, FINAL) or target in FINAL:
        return [sources]
    right = frozenset(one for one in sources if COLUMNS[one] > COLUMNS[target])
    return [side for side in (sources - right, right) if side]


def levels(lanes: Sequence[Arrow]) -> dict[Arrow, int]:
    """Return the level of each arrow, 0 next to the states: short ones first, none over another."""
    placed: dict[Arrow, int] = {}
    for one in sorted(lanes, key=lambda arrow: arrow.span[1] - arrow.span[0]):
        taken = {placed[other] for other in placed if _overlap(one.span, other.span)}
        placed[one] = next(level for level in range(len(lanes)) if level not in taken)
    return placed


def _overlap(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return one[0] < other[1] and other[0] < one[1]
