"""The safety check: the clinic's signed questions about a topic."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from django.utils.translation import gettext_lazy as _

from booking.forms.choices import NONE, Checklist
from booking.forms.section import SectionForm
from booking.rules.safety import QUESTIONS, Level, SafetyQuestion, at_level, questions_for


class SafetyForm(SectionForm):
    """Warning signs to check, or none of them."""

    heading = "checked"

    checked = Checklist(
        label=_("Do you have any of these now, or in the last few days?"),
        help_text=_(
            "Check all that apply. Some need care faster than we can give it, and we will tell you at once."
        ),
        none_label=_("No, I do not have any of these"),
        error_messages={
            "required": _("Select the signs you have, or “No, I do not have any of these”"),
            "conflict": _("Select the signs you have, or “No, I do not have any of these”, but not both"),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = questions_for(self.about) if self.about else QUESTIONS
        choices = [(question.code, question.text) for question in self.questions]
        cast(Checklist, self.fields["checked"]).offer(choices)

    def at_level(self, level: Level) -> tuple[SafetyQuestion, ...]:
        """Return the checked questions of one level. Only after is_valid()."""
        return at_level(self.cleaned_data["checked"], level)

    def values(self) -> dict[str, Any]:
        """Return the checked codes, and which questions were asked."""
        return {
            "checked": self.cleaned_data["checked"],
            "asked": [question.code for question in self.questions],
        }

    def is_answered_by(self, kept: Mapping[str, Any]) -> bool:
        """Return whether every question of now was asked then: another topic opens new ones."""
        return {question.code for question in self.questions} <= set(kept.get("asked", ()))


def codes_of(checked: list[str]) -> tuple[str, ...]:
    """Return the codes without "none"."""
    return tuple(code for code in checked if code != NONE)
