"""Answers to choose from: one of several, any of several, a number from 0 to 10."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from booking.rules.questions import CHECKED

NONE: Final = "none"
FieldChoice = tuple[str, str | Promise]


class OneOf(forms.TypedChoiceField):
    """One of several answers, as radio buttons with none chosen beforehand."""

    widget = forms.RadioSelect
    default_error_messages = {"invalid_choice": _("Select one of the answers listed")}


class Checklist(forms.MultipleChoiceField):
    """Any of several answers; with `none_label` an answer is needed, "none of these" being the last.

    Returns the codes in the order of the list, each once. Checking "none" together with another one is an
    error: without a script the page cannot clear the others, and guessing could hide a warning sign.
    """

    widget = forms.CheckboxSelectMultiple
    default_error_messages = {
        "invalid_choice": _("Select only answers from the list"),
        "conflict": _("Select the answers that apply, or “none”, but not both"),
    }

    def __init__(
        self, *, choices: Iterable[FieldChoice] = (), none_label: str | Promise = "", **kwargs: Any
    ) -> None:
        self.none_label = none_label
        super().__init__(choices=[], **kwargs)
        self.offer(choices)

    def offer(self, choices: Iterable[FieldChoice]) -> None:
        """Set the answers to choose from, "none" added at the end."""
        self.offered = [*choices, *([(NONE, self.none_label)] if self.none_label else [])]
        self.choices = self.offered

    def clean(self, value: Any) -> list[str]:
        """Return the checked codes."""
        checked = super().clean(value)
        codes = [code for code, _label in self.offered if code in checked]
        if NONE in codes and len(codes) > 1:
            raise forms.ValidationError(self.error_messages["conflict"], code="conflict")
        return codes


class Tick(forms.BooleanField):
    """A box that stands alone; returns CHECKED or "", as documents keep it."""

    def to_python(self, value: Any) -> str:  # type: ignore[override]
        """Return CHECKED for a checked box."""
        return CHECKED if super().to_python(value) else ""


class ScaleRadios(forms.RadioSelect):
    """Eleven numbers in a row."""

    parts_template = "clinic/scale.html"


class ScaleField(forms.TypedChoiceField):
    """A whole number from 0 to 10; `low` and `high` say what the ends mean."""

    widget = ScaleRadios
    default_error_messages = {"invalid_choice": _("Select a number from 0 to 10")}

    def __init__(self, *, low: str | Promise, high: str | Promise, **kwargs: Any) -> None:
        self.low, self.high = low, high
        numbers = [(str(number), str(number)) for number in range(11)]
        super().__init__(choices=numbers, coerce=int, empty_value=None, **kwargs)


class DaysField(forms.IntegerField):
    """Days in a month, 0 to 31, typed into a short text field."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "class": "input--short"})
    unit = _("days")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=0, max_value=31, **kwargs)
