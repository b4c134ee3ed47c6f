"""Where a person stands in the steps. Knows answers and steps; no HTTP, no database."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.http import QueryDict

from booking.forms.section import SectionForm
from booking.intake.steps import BY_KEY, CHECK, STEPS, Step

# A topic that a condition page brought along, until the first step is answered.
HINT: Final = "about"
Kept = Mapping[str, Mapping[str, Any]]


class Wizard:
    """The steps beside the answers kept so far, by the key of the step."""

    def __init__(self, kept: Kept) -> None:
        self.kept = kept

    @property
    def topic(self) -> str:
        """What the request is about, or "" before that was answered."""
        return str(self.kept.get("reason", {}).get("topic", ""))

    def form(self, step: Step, data: QueryDict | None = None) -> SectionForm:
        """Return the step's form, with what was typed or else with the answers kept so far."""
        return step.form(data, topic=self.topic, initial=self._initial(step))

    def is_answered(self, step: Step) -> bool:
        """Return whether every question that the step asks now has its answer; "check" never has."""
        kept = self.kept.get(step.key)
        return kept is not None and self.form(step).is_answered_by(kept)

    def first_open(self) -> Step:
        """Return the first step without all its answers, or the last step when all have them."""
        return next((step for step in STEPS[:-1] if not self.is_answered(step)), CHECK)

    def missing_before(self, step: Step) -> Step | None:
        """Return the step that must be answered before this one opens, or None."""
        return next((BY_KEY[key] for key in step.needs if not self.is_answered(BY_KEY[key])), None)

    def after(self, step: Step, *, changing: bool) -> Step:
        """Return where to go from an answered step; a change goes back to "check" unless questions opened."""
        return self.first_open() if changing else STEPS[STEPS.index(step) + 1]

    @staticmethod
    def before(step: Step) -> Step | None:
        """Return the step before, or None at the first."""
        place = STEPS.index(step)
        return STEPS[place - 1] if place else None

    @staticmethod
    def progress(step: Step) -> list[bool]:
        """Return for each step whether it has been reached."""
        return [place <= STEPS.index(step) for place in range(len(STEPS))]

    def _initial(self, step: Step) -> dict[str, Any]:
        if step.key == "reason":
            return {**self.kept.get(HINT, {}), **self.kept.get("reason", {})}
        kept = dict(self.kept.get(step.key, {}))
        if step.key == "safety" and not step.form(topic=self.topic).is_answered_by(kept):
            # "None of these" was said to another list.
            kept["checked"] = [code for code in kept.get("checked", ()) if code != "none"]
        return kept
