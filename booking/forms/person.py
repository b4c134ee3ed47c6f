"""Who asks, and how and when to reach them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from booking.forms.choices import Checklist, OneOf
from booking.forms.contact import EmailField, PhoneField
from booking.forms.dates import BirthDateField
from booking.forms.section import SectionForm
from booking.forms.text import LongTextField, PlainTextField
from booking.rules.questions import BeenHere, Channel, DayPart, Language, Payment, Weekday, YesNo


class PersonForm(SectionForm):
    """Name, birth date, phone or e-mail, safe ways and times to be contacted, needs, payment."""

    parts = (
        (_("About you"), ("full_name", "birth_date", "been_here")),
        (_("How we reach you"), ("phone", "email", "channel", "leave_message", "days", "day_parts")),
        (_("What you need"), ("language", "interpreter", "access_needs", "payment")),
    )

    full_name = PlainTextField(
        label=_("Full name"),
        help_text=_("As on your ID or insurance card, if you have one."),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name", "spellcheck": "false"}),
        error_messages={
            "required": _("Enter your full name"),
            "max_length": _("Full name must be %(limit_value)d characters or fewer"),
        },
    )
    birth_date = BirthDateField(label=_("Birth date"), help_text=_("For example: January 7, 1980."))
    been_here = OneOf(
        label=_("Have you been to our clinic before?"),
        choices=BeenHere.choices,
        error_messages={"required": _("Select whether you have been to our clinic before")},
    )
    phone = PhoneField(
        label=_("Phone number"),
        help_text=_("Give a phone number, an email address, or both. We call only about your request."),
        required=False,
        error_messages={"missing": _("Enter a phone number, or an email address")},
    )
    email = EmailField(
        label=_("Email address"),
        help_text=_("Optional when there is a phone number. Our email says nothing about your health."),
        required=False,
        error_messages={"missing": _("Enter your email address, or choose a phone call")},
    )
    channel = OneOf(
        label=_("How should we contact you first?"),
        choices=Channel.choices,
        error_messages={
            "required": _("Select how we should contact you first"),
            "missing": _("Enter your phone number, or choose email"),
        },
    )
    leave_message = OneOf(
        label=_("If you do not pick up, may we leave a message?"),
        help_text=_("It would say that the clinic called, and nothing about your health."),
        choices=YesNo.choices,
        required=False,
        error_messages={"missing": _("Select whether we may leave a message")},
    )
    days = Checklist(
        label=_("Which days suit you for a visit? (optional)"),
        help_text=_("Leave this empty if any day is fine."),
        choices=Weekday.choices,
        required=False,
    )
    day_parts = Checklist(
        label=_("Which time of day? (optional)"),
        choices=DayPart.choices,
        required=False,
    )
    language = OneOf(
        label=_("Which language do you prefer?"),
        choices=Language.choices,
        error_messages={"required": _("Select the language you prefer")},
    )
    interpreter = OneOf(
        label=_("Do you need an interpreter?"),
        help_text=_("For any language, also sign language. It costs you nothing."),
        choices=YesNo.choices,
        error_messages={"required": _("Select whether you need an interpreter")},
    )
    access_needs = LongTextField(
        label=_("What else would help you at a visit? (optional)"),
        help_text=_("For example: which language to interpret, step-free access, a quiet room."),
        max_length=1000,
        required=False,
        error_messages={"max_length": _("What would help you must be %(limit_value)d characters or fewer")},
    )
    payment = OneOf(
        label=_("How will you pay?"),
        help_text=_(
            "A request costs nothing. If you pay yourself, you can get an estimate before any visit."
        ),
        choices=Payment.choices,
        error_messages={"required": _("Select how you will pay")},
    )

    def clean(self) -> dict[str, Any]:
        """Check that there is a way to reach the person, and that it fits what they chose."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        broken = self.errors.keys() & {"phone", "email"}
        phone, email = cleaned.get("phone", ""), cleaned.get("email", "")
        if not (phone or email or broken):
            self._miss("phone")
        elif cleaned.get("channel") == Channel.EMAIL and not email and "email" not in broken:
            self._miss("email")
        elif cleaned.get("channel") == Channel.PHONE and not phone and "phone" not in broken:
            self._miss("phone", "channel")
        if phone and not cleaned.get("leave_message") and "leave_message" not in self.errors:
            self._miss("leave_message")
        return cleaned

    def _miss(self, name: str, words_of: str = "") -> None:
        message = self.fields[words_of or name].error_messages["missing"]
        self.add_error(name, forms.ValidationError(message, code="missing"))
