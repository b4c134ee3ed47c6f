"""What every section of questions shares: its layout, its problems in order, its values to keep."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, cast

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.utils.functional import Promise

from booking.forms.choices import FieldChoice
from booking.forms.dates import BirthDateField

Parts = tuple[tuple[str | Promise, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Problem:
    """One thing to mend: its words, and the id of the input to go to."""

    message: str
    anchor: str


class SectionForm(forms.Form):
    """A section of questions. `topic` is what the request is about, `who_for` a code of WhoFor.

    An empty one asks every question.
    """

    use_required_attribute = False
    # (heading, field names) where a section has parts; without it the fields follow each other.
    parts: Parts = ()
    # The field whose question is the heading of the page.
    heading: ClassVar[str] = ""

    def __init__(self, *args: Any, topic: str = "", who_for: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.about, self.about_whom = topic, who_for

    def typed(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """Return what stood in each field, to show it again in another language before it is sent."""
        shown = {name: field.widget for name, field in self.fields.items() if not field.widget.is_hidden}
        return {name: widget.value_from_datadict(data, {}, name) for name, widget in shown.items()}

    @property
    def helper(self) -> FormHelper:
        """The crispy layout; the page brings the form tag, the token and the button."""
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        helper.layout = Layout(*(self._parts() or self.fields))
        return helper

    def _parts(self) -> list[Fieldset]:
        asked = [(title, [name for name in names if name in self.fields]) for title, names in self.parts]
        return [Fieldset(title, *names) for title, names in asked if names]

    @property
    def problems(self) -> list[Problem]:
        """What the error summary lists: each message once, in the order of the fields."""
        return list(self._problems())

    def _problems(self) -> Iterator[Problem]:
        errors = self.errors.as_data()
        for name in self.fields:
            for error in errors.get(name, []):
                yield Problem(" ".join(error.messages), _anchor(self[name], error.code or ""))

    def values(self) -> dict[str, Any]:
        """Return the cleaned answers as plain JSON values. Only after is_valid()."""
        return {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in self.cleaned_data.items()
        }

    def miss(self, name: str, words_of: str = "", *, code: str = "missing") -> None:
        """Add one of a field's own messages to it, or one that stands with another field."""
        field = self.fields.get(words_of or name) or self.base_fields[words_of]
        self.add_error(name, forms.ValidationError(field.error_messages[code], code=code))

    def is_answered_by(self, kept: Mapping[str, Any]) -> bool:
        """Return whether kept values answer every question that this form asks now."""
        return all(name in kept and _fits(field, kept[name]) for name, field in self.fields.items())


def _fits(field: forms.Field, value: Any) -> bool:
    """Return whether what was chosen then can still be chosen."""
    if not isinstance(field, forms.ChoiceField):
        return True
    offered = {str(code) for code, _words in cast(list[FieldChoice], field.choices)}
    chosen = value if isinstance(value, list) else [value]
    return all(str(code) in offered for code in chosen if code not in ("", None))


def about_another(*fields: forms.Field) -> None:
    """Let browsers offer nothing for these fields: what they know is about the person who types.

    WCAG 2.2, 1.3.5 asks for tokens on one's own details alone. What "off" leaves open, js/autofill.js shuts.
    """
    for field in fields:
        for widget in getattr(field.widget, "widgets", [field.widget]):
            widget.attrs["autocomplete"] = "off"


def _anchor(bound: forms.BoundField, code: str) -> str:
    widget = bound.field.widget
    if isinstance(bound.field, BirthDateField):
        return f"{bound.auto_id}_{bound.field.place_of(code)}"
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return f"{bound.auto_id}_0"
    return bound.id_for_label
