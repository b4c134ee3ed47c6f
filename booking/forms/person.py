"""Who asks, for whom, and how and when to reach them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from booking.forms.choices import Checklist, OneOf, Tick
from booking.forms.contact import EmailField, PhoneField
from booking.forms.dates import BirthDateField
from booking.forms.proxy import ASKED, ProxyFields
from booking.forms.section import Parts
from booking.forms.text import LongTextField, PlainTextField, tidy
from booking.forms.typos import did_you_mean
from booking.rules.documents import ADULT_AGE, age_on
from booking.rules.questions import BeenHere, Channel, DayPart, HalfDay, Language, Payment, WhoFor, YesNo


class PersonForm(ProxyFields):
    """The patient, who asks for them, safe ways and times to be contacted, needs, payment."""

    parts: Parts = (
        (_("Who is asking"), ASKED),
        (_("About you"), ("full_name", "birth_date", "been_here")),
        (
            _("How we reach you"),
            ("phone", "call_parts", "leave_message", "email", "no_email", "no_online_page", "channel"),
        ),
        (
            _("For a visit"),
            ("times", "language", "interpreter", "interpreter_language", "access_needs", "payment"),
        ),
    )

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
    phone = PhoneField(
        label=_("Phone number"),
        help_text=_("Give a phone number, an email address, or both. We call only about your request."),
        required=False,
        error_messages={"missing": _("Enter a phone number, or an email address")},
    )
    call_parts = Checklist(
        label=_("When may we call? (optional)"),
        help_text=_("Within our hours. Leave this empty if any time is safe."),
        choices=DayPart.choices,
        required=False,
    )
    leave_message = OneOf(
        label=_("If you do not pick up, may we leave a message?"),
        help_text=_("It would say that the clinic called, and nothing about health."),
        choices=YesNo.choices,
        required=False,
        error_messages={"missing": _("Select whether we may leave a message")},
    )
    email = EmailField(
        label=_("Email address"),
        help_text=_("Optional when there is a phone number. Our email says nothing about health."),
        required=False,
        error_messages={
            "missing": _("Enter your email address, or choose a phone call"),
            "unwanted": _("Enter a phone number, because you want no email"),
        },
    )
    no_email = Tick(label=_("Do not email me at all. Call me instead."), required=False)
    no_online_page = Tick(label=_("Do not make a private web page about my request."), required=False)
    channel = OneOf(
        label=_("How should we contact you first?"),
        choices=Channel.choices,
        error_messages={
            "required": _("Select how we should contact you first"),
            "missing": _("Enter your phone number, or choose email"),
            "unwanted": _("Choose a phone call, because you want no email"),
        },
    )
    times = Checklist(
        label=_("When could you come for a visit? (optional)"),
        help_text=_("Check all that suit. Leave this empty if any time is fine."),
        choices=HalfDay.choices,
        required=False,
    )
    language = OneOf(
        label=_("Which language do you prefer?"),
        choices=Language.choices,
        error_messages={"required": _("Select the language you prefer")},
    )
    interpreter = OneOf(
        label=_("Is an interpreter needed?"),
        help_text=_("For any language, also sign language. It costs you nothing."),
        choices=YesNo.choices,
        error_messages={"required": _("Select whether an interpreter is needed")},
    )
    interpreter_language = PlainTextField(
        label=_("Language to interpret"),
        help_text=_("If one is needed. For example: Vietnamese, Navajo, American Sign Language."),
        max_length=100,
        required=False,
        error_messages={
            "missing": _("Enter the language to interpret"),
            "max_length": _("Language to interpret must be %(limit_value)d characters or fewer"),
        },
    )
    access_needs = LongTextField(
        label=_("What else would help at a visit? (optional)"),
        help_text=_("For example: step-free access, a quiet room, someone who comes along."),
        max_length=1000,
        required=False,
        error_messages={"max_length": _("What would help must be %(limit_value)d characters or fewer")},
    )
    payment = OneOf(
        label=_("How will you pay for a visit?"),
        help_text=_(
            "A request costs nothing. Without insurance, or if you do not use it, you have a right to a "
            "Good Faith Estimate of the costs before a visit."
        ),
        choices=Payment.choices,
        error_messages={"required": _("Select how you will pay")},
    )

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        if data is not None and EmailField.takes_suggestion in data:
            data = data.copy()
            data["email"] = did_you_mean(data.get("email", "")) or data.get("email", "")
        super().__init__(data, *args, **kwargs)
        typed = str(self["email"].value() or "")
        cast(EmailField, self.fields["email"]).suggestion = did_you_mean(tidy(typed))

    @property
    def lacks_guardian(self) -> bool:
        """Whether the patient is under 18 and no parent or guardian asks. Only after is_valid()."""
        born: date | None = self.cleaned_data.get("birth_date")
        return born is not None and is_minor(born) and self.asked_for != WhoFor.MINOR

    def clean(self) -> dict[str, Any]:
        """Check that there is a way to reach the person, that it fits what they chose, and who it is for."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        self._check_reach(cleaned)
        born = cleaned.get("birth_date")
        if born and self.asked_for == WhoFor.MINOR and not is_minor(born):
            self._miss("birth_date", code="adult")
        if cleaned.get("interpreter") != YesNo.YES:
            cleaned["interpreter_language"] = ""
        elif not cleaned.get("interpreter_language") and "interpreter_language" not in self.errors:
            self._miss("interpreter_language")
        return cleaned

    def is_answered_by(self, kept: Mapping[str, Any]) -> bool:
        """Return whether everything is there, also when it is now for somebody else."""
        return super().is_answered_by(kept) and self._age_fits(kept.get("birth_date") or "")

    def _age_fits(self, birth_date: str) -> bool:
        if not self.asked_for or not birth_date:
            return True
        return is_minor(date.fromisoformat(birth_date)) == (self.asked_for == WhoFor.MINOR)

    def _check_reach(self, cleaned: dict[str, Any]) -> None:
        broken = self.errors.keys() & {"phone", "email"}
        phone, email = cleaned.get("phone", ""), cleaned.get("email", "")
        channel, no_email = cleaned.get("channel"), cleaned.get("no_email")
        if not (phone or email or broken):
            self._miss("phone")
        elif no_email and not phone and not broken:
            self._miss("phone", "email", code="unwanted")
        elif channel == Channel.EMAIL and no_email:
            self._miss("channel", code="unwanted")
        elif channel == Channel.EMAIL and not email and "email" not in broken:
            self._miss("email")
        elif channel == Channel.PHONE and not phone and "phone" not in broken:
            self._miss("phone", "channel")
        if phone and not cleaned.get("leave_message") and "leave_message" not in self.errors:
            self._miss("leave_message")

    def _miss(self, name: str, words_of: str = "", *, code: str = "missing") -> None:
        field = self.fields.get(words_of or name) or self.base_fields[words_of]
        message = field.error_messages[code]
        self.add_error(name, forms.ValidationError(message, code=code))


def is_minor(born: date) -> bool:
    """Return whether somebody born on a day is under 18 today."""
    return age_on(born, timezone.localdate()) < ADULT_AGE
