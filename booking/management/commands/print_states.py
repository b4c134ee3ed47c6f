"""manage.py print_states: the state diagram and the verbs, from the table of transitions."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import override

from booking.management.generated import GeneratedDocument, table
from booking.rules.statuses import FINAL, OPEN, Status
from booking.rules.transitions import ANY, TRANSITIONS, Transition

SETS = {OPEN: "any open", FINAL: "any final", ANY: "any", frozenset(): "none: makes the request"}


class Command(GeneratedDocument):
    help = "Writes docs/reference/states.md from booking/rules/transitions.py."
    name = "reference/states.md"

    def text(self) -> str:
        rows = list(TRANSITIONS.values())
        with override("en"):
            return (
                "# States of a consultation request\n\n"
                "Verbs that keep the state are in the table alone.\n\n"
                f"```mermaid\n{diagram(rows)}\n```\n\n{verbs(rows)}"
            )


def diagram(rows: Iterable[Transition]) -> str:
    """Return a Mermaid state diagram: one arrow per verb and source, from any open state drawn once."""
    lines = ["stateDiagram-v2", f"    state Open {{\n{_indented(_arrows_inside(rows))}\n    }}"]
    for row in rows:
        if row.target is None:
            continue
        if row.sources == OPEN:
            lines.append(f"    Open --> {row.target.name}: {row.verb}")
        elif row.sources == FINAL:
            lines += [f"    {status.name} --> {row.target.name}: {row.verb}" for status in _ordered(FINAL)]
        elif row.target in FINAL:
            lines += [f"    {s.name} --> {row.target.name}: {row.verb}" for s in _ordered(row.sources)]
    return "\n".join(lines)


def _arrows_inside(rows: Iterable[Transition]) -> list[str]:
    lines = []
    for row in rows:
        if row.target in OPEN and row.sources != FINAL:
            sources = [status.name for status in _ordered(row.sources)] or ["[*]"]
            lines += [f"{source} --> {row.target.name}: {row.verb}" for source in sources]
    return lines


def verbs(rows: Iterable[Transition]) -> str:
    """Return the table of verbs."""
    return table(
        ("verb", "from", "to", "by", "needs", "notice"),
        [
            (
                str(row.verb),
                SETS.get(row.sources) or ", ".join(status.name for status in _ordered(row.sources)),
                row.target.name if row.target else "same",
                ", ".join(sorted(row.actors)),
                row.needs,
                str(row.notice) if row.notice else "",
            )
            for row in rows
        ],
    )


def _ordered(statuses: Iterable[Status]) -> list[Status]:
    wanted = set(statuses)
    return [status for status in Status if status in wanted]


def _indented(lines: list[str]) -> str:
    return "\n".join(f"        {line}" for line in lines)
