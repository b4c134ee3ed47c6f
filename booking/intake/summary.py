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

from booking.forms.choices import DaysField, FieldChoice, ScaleField, Tick
from booking.forms.contact import PhoneField
from booking.forms.dates import BirthDateField
from booking.intake.steps import STEPS, FormStep
from booking.intake.wizard import Wizard
from booking.rules.questions import SameDayCare, WhoFor, YesNo

# A short name for each question, in the order of its step.
NAMES: Final[dict[str, str | Promise]] = {
    "topic": _("About"),
    "reason": _("What you hope for"),
    "who_for": _("Who it is for"),
    "checked": _("Warning signs"),
    "pain": _("Pain on average, past week"),
    "enjoyment": _("Pain and enjoyment of life"),
    "activity": _("Pain and general activity"),
    "where": _("Where it hurts"),
    "features": _("What fits"),
    "jaw_opening": _("Fingers between your teeth"),
    "headache_days": _("Headache days a month"),
    "migraine_days": _("Days like a migraine"),
    "headache_hours": _("A headache lasts"),
    "medicine_days": _("Pain medicine days a month"),
    "duration": _("Like this for"),
    "in_own_words": _("More about your pain"),
    "tried": _("Tried so far"),
    "tried_other": _("What helped or did not"),
    "imaging": _("Pictures taken"),
    "health": _("Your health"),
    "last_toxin": _("Last botulinum toxin shot"),
    "allergies": _("Allergies"),
    "referral": _("Referral"),
    "referrer": _("Who sent you"),
    "asker_name": _("Your own name"),
    "relation": _("How you are related"),
    "may_speak": _("You may speak for the patient"),
    "full_name": _("Full name"),
    "birth_date": _("Birth date"),
    "been_here": _("Been here before"),
    "phone": _("Phone number"),
    "call_parts": _("When we may call"),
    "email": _("Email address"),
    "no_email": _("No email at all"),
    "no_online_page": _("No private web page"),
    "channel": _("Contact first by"),
    "leave_message": _("May we leave a message"),
    "times": _("Times that suit"),
    "language": _("Language"),
    "interpreter": _("Interpreter needed"),
    "interpreter_language": _("Language to interpret"),
    "access_needs": _("What would help"),
    "payment": _("How you will pay"),
}

# The same about somebody else.
NAMES_OF_ANOTHER: Final[dict[str, str | Promise]] = {
    "full_name": _("Full name of the patient"),
    "birth_date": _("Birth date of the patient"),
    "been_here": _("The patient was here before"),
}
# What it means to leave these empty.
ANY_TIME: Final = frozenset({"call_parts", "times"})
# Nothing is shown where nothing was said: the answer before tells it.
LEFT_OUT: Final = frozenset({"referrer", "interpreter_language", "no_email", "no_online_page"})


@dataclass(frozen=True)
class SummaryRow:
    """One question: its short name, its answer by line (none when nothing was given), where to change it."""

    name: str | Promise
    lines: list[str]
    anchor: str = ""
    # What was probably meant, where an answer looks like a slip.
    meant: str = ""
    # The name of the page that asks it, where the page of its step does not.
    page: str = ""


@dataclass(frozen=True)
class Panel:
    """The rows of one step."""

    step: FormStep
    rows: list[SummaryRow]


def panels(wizard: Wizard) -> list[Panel]:
    """Return a panel for each step. Every step must be answered."""
    return [Panel(step, list(_rows(wizard, step))) for step in STEPS[:-1]]


def _rows(wizard: Wizard, step: FormStep) -> Iterator[SummaryRow]:
    form, kept = wizard.form(step), wizard.kept[step.key]
    names = NAMES if wizard.who_for == WhoFor.SELF else NAMES | NAMES_OF_ANOTHER
    for name, field in form.fields.items():
        lines = _lines(field, kept.get(name)) or ([str(_("Any time"))] if name in ANY_TIME else [])
        if name in names and (lines or name not in LEFT_OUT):
            yield SummaryRow(names[name], lines, _anchor(form[name]), getattr(field, "suggestion", ""))
    if step.key == "safety" and wizard.same_day_signs:
        said = [str(choice.label) for choice in SameDayCare if choice == wizard.same_day_care]
        yield SummaryRow(_("Checked by a doctor"), said, page="intake:same-day")


def _anchor(bound: forms.BoundField) -> str:
    return bound.auto_id if bound.id_for_label == bound.auto_id else f"{bound.auto_id}_0"


def _lines(field: forms.Field, value: Any) -> list[str]:
    if value in (None, "", []):
        return []
    if isinstance(field, Tick):
        return [str(YesNo.YES.label)]
    if isinstance(field, BirthDateField):
        return [date_format(date.fromisoformat(value), "DATE_FORMAT")]
    if isinstance(field, PhoneField):
        return [str(field.widget.format_value(value))]
    if isinstance(field, ScaleField):
        return [str(_("%(number)d of 10") % {"number": value})]
    if isinstance(field, DaysField):
        return [ngettext("%(days)d day", "%(days)d days", value) % {"days": value}]
    if isinstance(field, forms.ChoiceField):
        codes = value if isinstance(value, list) else [value]
        return [str(label) for code, label in cast(list[FieldChoice], field.choices) if code in codes]
    return str(value).splitlines()
