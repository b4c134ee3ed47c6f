"""Who asks, for whom, how and when to reach them, and what a visit needs."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from booking.forms.choices import Checklist, OneOf
from booking.forms.contact_fields import ContactPermissionFields
from booking.forms.proxy import ASKED
from booking.forms.section import Parts
from booking.forms.text import LongTextField, PlainTextField
from booking.rules.questions import HalfDay, Language, Payment, YesNo


class PersonForm(ContactPermissionFields):
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

    def clean(self) -> dict[str, Any]:
        """Check that the language is named where an interpreter is needed, and only there."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("interpreter") != YesNo.YES:
            cleaned["interpreter_language"] = ""
        elif not cleaned.get("interpreter_language") and "interpreter_language" not in self.errors:
            self.miss("interpreter_language")
        return cleaned
