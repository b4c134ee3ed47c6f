"""Where a person stands in the steps. Knows answers and steps; no HTTP, no database."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.http import QueryDict

from booking.forms.choices import NONE
from booking.forms.section import SectionForm
from booking.intake.steps import BY_KEY, CHECK, STEPS, FormStep
from booking.rules.priority import implied
from booking.rules.safety import Level, SafetyQuestion, at_level, questions_for

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

    @property
    def who_for(self) -> str:
        """Who the request is for, a code of WhoFor, or "" before that was answered."""
        return str(self.kept.get("reason", {}).get("who_for", ""))

    @property
    def safety_codes(self) -> tuple[str, ...]:
        """The safety signs of the topic that were checked, or that the symptoms tell of."""
        checked, told = self.kept.get("safety", {}).get("checked", ()), self.kept.get("symptoms", {})
        known = {*checked, *implied(told.get("medicine_days"), told.get("jaw_opening", ""))}
        return tuple(question.code for question in questions_for(self.topic) if question.code in known)

    @property
    def same_day_signs(self) -> tuple[SafetyQuestion, ...]:
        """The signs among them that a doctor should check the same day."""
        return at_level(self.safety_codes, Level.SAME_DAY)

    @property
    def same_day_care(self) -> str:
        """What was said of the same-day signs of now, a code of SameDayCare; "" when one came up since."""
        safety = self.kept.get("safety", {})
        signs = {sign.code for sign in self.same_day_signs}
        return (
            str(safety.get("same_day_care", "")) if signs and signs <= set(safety.get("said_of", ())) else ""
        )

    def with_same_day_care(self, said: str) -> dict[str, Any]:
        """Return the answers of the safety step with what is said of its same-day signs.

        Only for a page that showed every one of them.
        """
        signs = [sign.code for sign in self.same_day_signs]
        return {**self.kept.get("safety", {}), "same_day_care": said, "said_of": signs}

    def form(self, step: FormStep, data: QueryDict | None = None) -> SectionForm:
        """Return the step's form, with what was typed or else with the answers kept so far."""
        return step.form(data, topic=self.topic, who_for=self.who_for, initial=self._initial(step))

    def as_typed(self, step: FormStep, data: QueryDict) -> SectionForm:
        """Return the step's form with what was typed, and no word yet about what is missing."""
        blank = self._blank(step)
        return step.form(topic=self.topic, who_for=self.who_for, initial=blank.typed(data))

    def is_answered(self, step: FormStep) -> bool:
        """Return whether every question that the step asks now has its answer; "check" never has."""
        kept = self.kept.get(step.key)
        return kept is not None and self._blank(step).is_answered_by(kept)

    def _blank(self, step: FormStep) -> SectionForm:
        return step.form(topic=self.topic, who_for=self.who_for)

    def first_open(self) -> FormStep:
        """Return the first step without all its answers, or the last step when all have them."""
        return next((step for step in STEPS[:-1] if not self.is_answered(step)), CHECK)

    def missing_before(self, step: FormStep) -> FormStep | None:
        """Return the step that must be answered before this one opens, or None."""
        return next((BY_KEY[key] for key in step.needs if not self.is_answered(BY_KEY[key])), None)

    def after(self, step: FormStep, *, changing: bool) -> FormStep:
        """Return where to go from an answered step; a change goes back to "check" unless questions opened."""
        return self.first_open() if changing else STEPS[STEPS.index(step) + 1]

    @staticmethod
    def before(step: FormStep) -> FormStep | None:
        """Return the step before, or None at the first."""
        place = STEPS.index(step)
        return STEPS[place - 1] if place else None

    @staticmethod
    def progress(step: FormStep) -> list[bool]:
        """Return for each step whether it has been reached."""
        return [place <= STEPS.index(step) for place in range(len(STEPS))]

    def _initial(self, step: FormStep) -> dict[str, Any]:
        if step.key == "reason":
            return {**self.kept.get(HINT, {}), **self.kept.get("reason", {})}
        kept = dict(self.kept.get(step.key, {}))
        if self._blank(step).is_answered_by(kept):
            return kept
        # "None of these" was said to another list.
        return {name: without_none(value) for name, value in kept.items()}


def without_none(value: Any) -> Any:
    """Return a list of checked codes without "none"; anything else as it is."""
    return [code for code in value if code != NONE] if isinstance(value, list) else value
