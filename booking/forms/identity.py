"""Who the patient is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from booking.forms.choices import OneOf
from booking.forms.dates import BirthDateField
from booking.forms.proxy import ProxyFields
from booking.forms.text import PlainTextField
from booking.hours.clinic import today
from booking.rules.documents import ADULT_AGE, age_on
from booking.rules.questions import BeenHere, WhoFor


class IdentityFields(ProxyFields):
    """The patient's name and birth date, which must fit who the request is for."""

    full_name = PlainTextField(
        label=_("Full name"),
        help_text=_("As on an ID or insurance card, if there is one."),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name", "spellcheck": "false"}),
        error_messages={
            "required": _("Enter your full name"),
            "max_length": _("Full name must be %(limit_value)d characters or fewer"),
        },
    )
    birth_date = BirthDateField(
        label=_("Birth date"),
        help_text=_("For example: January 7, 1980."),
        error_messages={
            "adult": _("This is the birth date of an adult. Change it, or who the request is for"),
            "minor": _("A patient under 18 needs a parent or guardian who asks"),
        },
    )
    been_here = OneOf(
        label=_("Have you been to our clinic before?"),
        choices=BeenHere.choices,
        error_messages={"required": _("Select whether you have been to our clinic before")},
    )

    @property
    def lacks_guardian(self) -> bool:
        """Whether the patient is under 18 and no parent or guardian asks. Only after is_valid()."""
        born: date | None = self.cleaned_data.get("birth_date")
        return born is not None and is_minor(born) and self.asked_for != WhoFor.MINOR

    def clean(self) -> dict[str, Any]:
        """Check that a child is a child."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        born = cleaned.get("birth_date")
        if born and self.asked_for == WhoFor.MINOR and not is_minor(born):
            self.miss("birth_date", code="adult")
        return cleaned

    def is_answered_by(self, kept: Mapping[str, Any]) -> bool:
        """Return whether everything is there, also when it is now for somebody else."""
        return super().is_answered_by(kept) and self._age_fits(kept.get("birth_date") or "")

    def _age_fits(self, birth_date: str) -> bool:
        if not self.asked_for or not birth_date:
            return True
        return is_minor(date.fromisoformat(birth_date)) == (self.asked_for == WhoFor.MINOR)


def is_minor(born: date) -> bool:
    """Return whether somebody born on a day is under 18 today, at the clinic."""
    return age_on(born, today()) < ADULT_AGE
