"""How a person can safely be reached."""

from __future__ import annotations

from typing import Any, cast

from django.utils.translation import gettext_lazy as _

from booking.forms.choices import Checklist, OneOf, Tick
from booking.forms.contact import EmailField, PhoneField
from booking.forms.identity import IdentityFields
from booking.forms.text import tidy
from booking.forms.typos import did_you_mean
from booking.rules.questions import Channel, DayPart, YesNo


class ContactPermissionFields(IdentityFields):
    """Phone and e-mail, and what may be done with each. There must be a way that fits what was chosen."""

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

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        if data is not None and EmailField.takes_suggestion in data:
            data = data.copy()
            data["email"] = did_you_mean(data.get("email", "")) or data.get("email", "")
        super().__init__(data, *args, **kwargs)
        typed = str(self["email"].value() or "")
        cast(EmailField, self.fields["email"]).suggestion = did_you_mean(tidy(typed))

    def clean(self) -> dict[str, Any]:
        """Check that there is a way to reach the person, and that it fits what they chose."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        self._check_reach(cleaned)
        if cleaned.get("phone") and not cleaned.get("leave_message") and "leave_message" not in self.errors:
            self.miss("leave_message")
        return cleaned

    def _check_reach(self, cleaned: dict[str, Any]) -> None:
        broken = self.errors.keys() & {"phone", "email"}
        phone, email = cleaned.get("phone", ""), cleaned.get("email", "")
        channel, no_email = cleaned.get("channel"), cleaned.get("no_email")
        if not (phone or email or broken):
            self.miss("phone")
        elif no_email and not phone and not broken:
            self.miss("phone", "email", code="unwanted")
        elif channel == Channel.EMAIL and no_email:
            self.miss("channel", code="unwanted")
        elif channel == Channel.EMAIL and not email and "email" not in broken:
            self.miss("email")
        elif channel == Channel.PHONE and not phone and "phone" not in broken:
            self.miss("phone", "channel")
