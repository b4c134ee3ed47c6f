"""What the patient's page asks. Forms check what was typed and never save it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final, cast

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from booking.forms.choices import Checklist, OneOf, Tick
from booking.forms.contact import EmailField, PhoneField
from booking.forms.dates import BirthDateField
from booking.forms.masked import last_digits, mask
from booking.forms.section import SectionForm
from booking.forms.text import LongTextField, PlainTextField
from booking.forms.typos import did_you_mean
from booking.models import Visit
from booking.rules import reference as references
from booking.rules.contact_permission import may_email
from booking.rules.documents import Person
from booking.rules.notice_period import NoticePeriod
from booking.rules.questions import HalfDay

LONGEST_TEXT: Final = 4000
NONE_SUITS: Final = "none"
_TOO_LONG: Final = {"max_length": _("Your message must be %(limit_value)d characters or fewer")}


class UnlockForm(SectionForm):
    """The birth date that opens a private link."""

    birth_date = BirthDateField(
        label=_("What is your date of birth?"),
        help_text=_("For example: March 27, 1980. If you asked for someone else, give theirs."),
    )


class RenewForm(SectionForm):
    """What a new link is asked for with. A slip of the pen shows in the reference itself."""

    reference = PlainTextField(
        label=_("Your reference"),
        help_text=_("Ten letters and digits. It is in each of our emails."),
        max_length=40,
        widget=forms.TextInput(
            attrs={
                "class": "input--medium",
                "spellcheck": "false",
                "autocapitalize": "characters",
            }
        ),
        error_messages={
            "required": _("Enter your reference"),
            "max_length": _("Reference must be %(limit_value)d characters or fewer"),
            "misread": _("A letter or digit of the reference is not right. Check it against our email"),
        },
    )
    email = EmailField(
        label=_("Email address"),
        help_text=_("The one that you gave us."),
        error_messages={"required": _("Enter your email address")},
    )

    def clean_reference(self) -> str:
        """Refuse what cannot be a reference: its check character tells, whether or not there is one."""
        typed: str = self.cleaned_data["reference"]
        if references.parse(typed) is None:
            raise forms.ValidationError(self.fields["reference"].error_messages["misread"], code="misread")
        return typed


class ChooseForm(SectionForm):
    """One of the offered times, or none of them."""

    time = OneOf(
        label=_("Times to choose from"),
        error_messages={"required": _("Choose one of the times, or “None of these suit me”")},
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, times: Iterable[Visit], **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        offered = [(str(visit.pk), str(visit.pk)) for visit in times]
        cast(OneOf, self.fields["time"]).choices = [*offered, (NONE_SUITS, NONE_SUITS)]


class MessageForm(SectionForm):
    """A message to the clinic."""

    text = LongTextField(
        label=_("Your message"),
        max_length=LONGEST_TEXT,
        error_messages={"required": _("Write your message first"), **_TOO_LONG},
    )


class WordForm(SectionForm):
    """A word that may go with an act."""

    text = LongTextField(
        label=_("Is there anything we should know? (optional)"),
        max_length=LONGEST_TEXT,
        required=False,
        error_messages=_TOO_LONG,
    )


class WishesForm(SectionForm):
    """Which half days would suit. Nothing is checked beforehand: what was answered then is not shown here."""

    times = Checklist(
        label=_("When could you come? (optional)"),
        help_text=_("Check all that suit. Leave this empty if nothing changed since you wrote to us."),
        choices=HalfDay.choices,
        required=False,
    )
    text = LongTextField(
        label=_("Is there anything we should know? (optional)"),
        help_text=_("For example: not before 10, or not on December 8."),
        max_length=LONGEST_TEXT,
        required=False,
        error_messages=_TOO_LONG,
    )


class EarlierForm(SectionForm):
    """When the patient could come earlier, and how long before they must hear of it."""

    ahead = OneOf(
        label=_("When must we tell you, at the latest?"),
        choices=NoticePeriod.choices,
        error_messages={"required": _("Select when we must tell you, at the latest")},
    )
    times = Checklist(
        label=_("When could you come? (optional)"),
        help_text=_("Check all that suit. Leave this empty if nothing changed since you wrote to us."),
        choices=HalfDay.choices,
        required=False,
    )


class ContactForm(SectionForm):
    """A new phone number or e-mail address. What we have shows in part, and stays where nothing is typed."""

    phone = PhoneField(
        label=_("New phone number (optional)"),
        required=False,
        error_messages={"nothing": _("Enter what should change")},
    )
    email = EmailField(
        label=_("New email address (optional)"),
        required=False,
        error_messages={
            "both": _("Enter a new email address, or remove the one we have, but not both"),
        },
    )
    remove_email = Tick(label=_("Remove my email address. Call me instead."), required=False)

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, person: Person | None = None, **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        if person is None:
            return
        self.fields["phone"].help_text = _now(last_digits(person.phone), _("Now it ends in %(known)s."))
        self.fields["email"].help_text = _now(mask(person.email), _("Now it is %(known)s."))
        if not person.email or not person.phone:
            del self.fields["remove_email"]
        if person.email and not may_email(person):
            del self.fields["email"]

    @property
    def meant(self) -> str:
        """The address that was probably meant, or "". Only after is_valid()."""
        return did_you_mean(self.cleaned_data.get("email", ""))

    def clean(self) -> dict[str, Any]:
        """Check that something changes, and only one way."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not any(cleaned.values()):
            self.miss("phone", code="nothing")
        if cleaned.get("email") and cleaned.get("remove_email"):
            self.miss("email", code="both")
        return cleaned


def _now(known: str, sentence: str | Promise) -> str:
    return str(sentence) % {"known": known} if known else str(_("We have none."))
