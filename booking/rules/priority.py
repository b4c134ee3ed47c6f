"""The suggested priority, with the reasons that fired. A nurse decides."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from booking.rules.questions import JawOpening
from booking.rules.safety import Level, at_level

# ICHD-3 8.2 and the AAN patient guidance: taking pain medicine on 10 or more days a month can keep
# headaches going (medication overuse).
MEDICINE_DAYS_NOTE: Final = 10
OVERUSE: Final = "HD-8"
TIGHT_JAW: Final = "JW-1"


class Priority(TextChoices):
    """How soon staff should act."""

    SAME_DAY = "same-day", _("Same day")
    SOON = "soon", _("Soon")
    ROUTINE = "routine", _("Routine")


@dataclass(frozen=True)
class Suggestion:
    """A priority and the codes of the safety questions that fired, the most urgent first."""

    priority: Priority
    reasons: tuple[str, ...]


def implied(medicine_days: int | None = None, jaw_opening: str = "") -> tuple[str, ...]:
    """Return the codes of safety questions that other answers say yes to."""
    overuse = medicine_days is not None and medicine_days >= MEDICINE_DAYS_NOTE
    tight = jaw_opening == JawOpening.UNDER_TWO
    return tuple(code for code, applies in ((TIGHT_JAW, tight), (OVERUSE, overuse)) if applies)


def suggest(codes: Iterable[str], medicine_days: int | None = None, jaw_opening: str = "") -> Suggestion:
    """Suggest a priority from the checked safety codes, the days with pain medicine, how far a jaw opens."""
    checked = list(dict.fromkeys([*codes, *implied(medicine_days, jaw_opening)]))
    # An emergency code can only come from a call that staff took: it counts as the highest here.
    today = [q.code for level in (Level.EMERGENCY, Level.SAME_DAY) for q in at_level(checked, level)]
    notes = [question.code for question in at_level(checked, Level.NOTE)]
    priority = Priority.SAME_DAY if today else Priority.SOON if notes else Priority.ROUTINE
    return Suggestion(priority, (*today, *notes))
