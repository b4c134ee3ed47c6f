"""From answers to one outcome. The rows in about_pain.py and about_health.py say why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from treatments.selfcheck import about_health, about_pain
from treatments.selfcheck.reason import Reason, Speaks

Answers = Mapping[str, tuple[str, ...]]
REASONS: Final = (
    *about_health.NOT_SUITABLE,
    *about_pain.OFF_LABEL,
    *about_pain.HEADACHES,
    *about_pain.TRIED,
    *about_health.HEALTH,
)


@dataclass(frozen=True)
class Outcome:
    """What the answers speak for, with every reason that applies, in the order of the table.

    `verdict` is the strongest of them: NOT_SUITABLE before TALK_FIRST before WORTH_A_TALK.
    """

    verdict: Speaks
    reasons: tuple[Reason, ...]

    @property
    def deciding(self) -> tuple[Reason, ...]:
        """The reasons that the verdict rests on."""
        return tuple(reason for reason in self.reasons if reason.speaks == self.verdict)


def decide(answers: Answers) -> Outcome:
    """Return the outcome of a full set of answers."""
    reasons = tuple(reason for reason in REASONS if applies(reason, answers))
    verdict = max((reason.speaks for reason in reasons), default=Speaks.TALK_FIRST)
    return Outcome(max(verdict, Speaks.WORTH_A_TALK), reasons)


def rules_out(answers: Answers) -> bool:
    """Whether the answers so far speak against BOTOX whatever the others would be."""
    return any(reason.speaks == Speaks.NOT_SUITABLE and applies(reason, answers) for reason in REASONS)


def applies(reason: Reason, answers: Answers) -> bool:
    """Whether each question that the reason names has one of its answers."""
    return all(not wanted.isdisjoint(answers.get(code, ())) for code, wanted in reason.given.items())
