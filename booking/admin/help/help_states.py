"""The states of a request in words: what may happen next in each, and every step as a row of a table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from booking.admin.help.help_lanes import kind_of
from booking.rules.roles import Role
from booking.rules.statuses import FINAL, OPEN, Status
from booking.rules.transitions import ANY, TRANSITIONS, Transition, Verb

MEANINGS: Final[dict[Status, Promise]] = {
    Status.NEW: gettext_lazy("It has come in, and nobody has read it yet."),
    Status.IN_REVIEW: gettext_lazy("A colleague reads it, or it has come back to us. The next move is ours."),
    Status.WAITING_FOR_PATIENT: gettext_lazy("We asked the patient something. The next move is theirs."),
    Status.TIMES_OFFERED: gettext_lazy("Times are held for the patient until they run out."),
    Status.SCHEDULED: gettext_lazy("A time is agreed. After the visit somebody marks it."),
    Status.SEEN: gettext_lazy("The visit took place. This is the usual end."),
    Status.DECLINED: gettext_lazy("We cannot take it. The patient was told where to go instead."),
    Status.WITHDRAWN: gettext_lazy("The patient took it back."),
    Status.CLOSED: gettext_lazy("It ended without a visit, for the reason beside the state."),
}
ANY_OPEN: Final = gettext_lazy("any open request")
GROUPS: Final[dict[frozenset[Status], Promise]] = {
    OPEN: ANY_OPEN,
    FINAL: gettext_lazy("any finished request"),
    ANY: gettext_lazy("any request"),
    frozenset(): gettext_lazy("no request yet"),
}


# A look is recorded and no step; what erases comes with the clinic's periods.
NOT_TAKEN: Final = frozenset({Verb.RECORD_ACCESS, Verb.ERASE})
TAKEN: Final = tuple(row for row in TRANSITIONS.values() if row.verb not in NOT_TAKEN)


@dataclass(frozen=True)
class HelpStep:
    """A step in words: who may take it, from where to where, what it needs, what the patient is told."""

    code: str
    name: str
    kind: str
    sources: str
    target: str
    who: str
    needs: str
    told: str


@dataclass(frozen=True)
class State:
    """A state with what it means, the steps that lead on from it, and those that keep it."""

    code: str
    name: str
    meaning: str
    is_open: bool
    moves: list[HelpStep]
    stays: list[HelpStep]


def steps(rows: Iterable[Transition] = TAKEN) -> list[HelpStep]:
    """Return every step that somebody takes, in the order of the table."""
    return [_step(row) for row in rows]


def states(rows: Iterable[Transition] = TAKEN) -> list[State]:
    """Return every state with the steps that are possible in it."""
    rows = list(rows)
    return [_state(status, [row for row in rows if status in row.sources]) for status in Status]


def unmoved(rows: Iterable[Transition] = TAKEN) -> list[tuple[str, list[HelpStep]]]:
    """Return the steps that change no state, by the states in which they are possible."""
    found: dict[str, list[HelpStep]] = {}
    for row in rows:
        if row.target is None:
            found.setdefault(_sources(row.sources), []).append(_step(row))
    return list(found.items())


def _state(status: Status, rows: list[Transition]) -> State:
    return State(
        code=status.value,
        name=str(status.label),
        meaning=str(MEANINGS[status]),
        is_open=status in OPEN,
        moves=[_step(row) for row in rows if row.target],
        stays=[_step(row) for row in rows if not row.target],
    )


def _step(row: Transition) -> HelpStep:
    return HelpStep(
        code=row.verb.value,
        name=str(row.verb.label),
        kind=kind_of(row),
        sources=_sources(row.sources),
        target=str(row.target.label) if row.target else _("stays as it is"),
        who=", ".join(str(role.label) for role in Role if role in row.actors),
        needs=row.needs,
        told=_("“%(notice)s”") % {"notice": row.notice.label} if row.notice else "",
    )


def _sources(sources: frozenset[Status]) -> str:
    if group := GROUPS.get(sources):
        return str(group)
    return ", ".join(str(status.label) for status in Status if status in sources)
