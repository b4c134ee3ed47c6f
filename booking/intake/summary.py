"""The answers as the check page shows them: by step, in the patient's words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, cast

from django import forms
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from booking.forms.choices import Choice, DaysField, ScaleField
from booking.forms.contact import PhoneField
from booking.forms.dates import BirthDateField
from booking.intake.steps import STEPS, Step
from booking.intake.wizard import Wizard

# A short name for each question, in the order of its step.
NAMES: Final[dict[str, str | Promise]] = {
    "topic": _("About"),
    "reason": _("What you hope for"),
    "checked": _("Warning signs"),
    "pain": _("Pain on average, past week"),
    "enjoyment": _("Pain and enjoyment of life"),
    "activity": _("Pain and general activity"),
    "headache_days": _("Headache days a month"),
    "headache_hours": _("A headache lasts"),
    "medicine_days": _("Pain medicine days a month"),
    "duration": _("Like this for"),
    "in_own_words": _("More about your pain"),
    "tried": _("Tried so far"),
    "tried_other": _("What helped or did not"),
    "health": _("Your health"),
    "last_toxin": _("Last botulinum toxin shot"),
    "allergies": _("Allergies"),
    "full_name": _("Full name"),
    "birth_date": _("Birth date"),
    "been_here": _("Been here before"),
    "phone": _("Phone number"),
    "email": _("Email address"),
    "channel": _("Contact first by"),
    "leave_message": _("May we leave a message"),
    "days": _("Days that suit"),
    "day_parts": _("Time of day"),
    "language": _("Language"),
    "interpreter": _("Interpreter needed"),
    "access_needs": _("What would help you"),
    "payment": _("How you will pay"),
}


@dataclass(frozen=True)
class Row:
    """One question: its short name, its answer by line (none when nothing was given), where to change it."""

    name: str | Promise
    lines: list[str]
    anchor: str


@dataclass(frozen=True)
class Panel:
    """The rows of one step."""

    step: Step
    rows: list[Row]


def panels(wizard: Wizard) -> list[Panel]:
    """Return a panel for each step. Every step must be answered."""
    return [Panel(step, list(_rows(wizard, step))) for step in STEPS[:-1]]


def _rows(wizard: Wizard, step: Step) -> Iterator[Row]:
    form = wizard.form(step)
    for name, field in form.fields.items():
        if name in NAMES:
            yield Row(NAMES[name], _lines(field, wizard.kept[step.key].get(name)), _anchor(form[name]))


def _anchor(bound: forms.BoundField) -> str:
    return bound.auto_id if bound.id_for_label == bound.auto_id else f"{bound.auto_id}_0"


def _lines(field: forms.Field, value: Any) -> list[str]:
    if value in (None, "", []):
        return []
    if isinstance(field, BirthDateField):
        return [date_format(date.fromisoformat(value), "F j, Y")]
    if isinstance(field, PhoneField):
        return [str(field.widget.format_value(value))]
    if isinstance(field, ScaleField):
        return [str(_("%(number)d of 10") % {"number": value})]
    if isinstance(field, DaysField):
        return [ngettext("%(days)d day", "%(days)d days", value) % {"days": value}]
    if isinstance(field, forms.ChoiceField):
        codes = value if isinstance(value, list) else [value]
        return [str(label) for code, label in cast(list[Choice], field.choices) if code in codes]
    return str(value).splitlines()
