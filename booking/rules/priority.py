"""The suggested priority, with the reasons that fired. A nurse decides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from booking.rules.documents import Answers
from booking.rules.safety import Level
from booking.rules.triage import SAID_ELSEWHERE, fired, level_of


class Priority(TextChoices):
    """How soon staff should act."""

    SAME_DAY = "same-day", _("Same day")
    SOON = "soon", _("Soon")
    ROUTINE = "routine", _("Routine")


# What a sign of each level makes of a request, the most urgent first. An emergency can only come from a call
# that staff took: on the website it ends the journey. Proposals, as the levels are.
PRIORITY_OF: Final = {
    Level.EMERGENCY: Priority.SAME_DAY,
    Level.SAME_DAY: Priority.SAME_DAY,
    Level.NOTE: Priority.SOON,
}


@dataclass(frozen=True)
class Suggestion:
    """A priority and the codes of the questions and rules that fired, the most urgent first."""

    priority: Priority
    reasons: tuple[str, ...]


def implied(medicine_days: int | None = None, jaw_opening: str = "") -> tuple[str, ...]:
    """Return the codes of safety questions that other answers say yes to."""
    told = Answers("", medicine_days=medicine_days, jaw_opening=jaw_opening)
    return tuple(rule.code for rule in SAID_ELSEWHERE if rule.applies(told, None))


def suggest(told: Answers, age: int | None = None) -> Suggestion:
    """Suggest a priority from the checked safety questions and from the other answers.

    `age` is the patient's, in whole years. Codes of an older set of questions count for nothing.
    """
    codes = dict.fromkeys([*told.safety, *fired(told, age)])
    found = {code: level for code in codes if (level := level_of(code))}
    order = list(PRIORITY_OF)
    reasons = sorted(found, key=lambda code: order.index(found[code]))
    return Suggestion(PRIORITY_OF[found[reasons[0]]] if reasons else Priority.ROUTINE, tuple(reasons))
