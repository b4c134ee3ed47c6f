"""The steps of a request, as data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from booking.forms.history import HistoryForm
from booking.forms.person import PersonForm
from booking.forms.reason import ReasonForm
from booking.forms.section import SectionForm
from booking.forms.symptoms import SymptomsForm
from booking.intake.forms import CheckForm, SafetyStepForm


@dataclass(frozen=True)
class FormStep:
    """One page of questions. `needs` are the steps that must be answered before it opens.

    `heading` and `lede` are empty where the first question is itself the heading of the page.
    """

    key: str
    title: str | Promise
    form: type[SectionForm]
    needs: tuple[str, ...] = ()
    heading: str | Promise = ""
    lede: str | Promise = ""


_ROWS: Final[tuple[tuple[str, str | Promise, type[SectionForm], str | Promise, str | Promise], ...]] = (
    ("reason", _("Your request"), ReasonForm, "", ""),
    ("safety", _("Safety check"), SafetyStepForm, "", ""),
    (
        "symptoms",
        _("Your pain"),
        SymptomsForm,
        _("Your pain in the past week"),
        _("Choose the number that fits best. There is no wrong answer."),
    ),
    (
        "history",
        _("Treatments and health"),
        HistoryForm,
        _("Treatments and your health"),
        _("This helps us see what to talk about, and what to be careful with."),
    ),
    (
        "you",
        _("About you"),
        PersonForm,
        _("You and how we reach you"),
        _("We use this to answer you, and to prepare a visit."),
    ),
    ("check", _("Check and send"), CheckForm, _("Check your answers"), _("Nothing has been sent yet.")),
)

STEPS: Final[tuple[FormStep, ...]] = tuple(
    FormStep(key, title, form, tuple(row[0] for row in _ROWS[:place]), heading, lede)
    for place, (key, title, form, heading, lede) in enumerate(_ROWS)
)
BY_KEY: Final[dict[str, FormStep]] = {step.key: step for step in STEPS}
CHECK: Final = STEPS[-1]
