"""Phone and e-mail."""

from __future__ import annotations

import re
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from phonenumber_field.widgets import RegionalPhoneNumberWidget

from booking.forms.text import tidy
from treatments.text.phone_numbers import e164, read_phone

EMAIL_LENGTH: Final = 254  # RFC 5321, errata 1690
PHONE_LENGTH: Final = 40


class PhoneWidget(RegionalPhoneNumberWidget):  # type: ignore[misc]  # the library has no types
    """A phone number as people write it, its extension too."""

    def format_value(self, value: Any) -> str:
        """Return a kept number in national form, what was typed as it was typed."""
        return re.sub(r";ext=(\d+)$", r" ext. \1", super().format_value(value) or "")


class PhoneField(forms.CharField):
    """A phone number in any common form, as treatments.text.phone_numbers takes it.

    Returns E.164, such as +14805550100. An extension is kept as RFC 3966 writes it: +14805550100;ext=12.
    """

    default_error_messages = {
        "invalid": _("Enter a phone number with area code, such as (480) 555-0100"),
    }

    def __init__(self, **kwargs: Any) -> None:
        shape = {"autocomplete": "tel", "class": "input--medium"}
        super().__init__(widget=PhoneWidget(region="US", attrs=shape), **kwargs)

    def to_python(self, value: Any) -> str:
        """Return E.164 with any extension, or "". Raises ValidationError for what is no phone number."""
        typed = tidy(str(value or ""))
        if not typed:
            return ""
        number = read_phone(typed) if len(typed) <= PHONE_LENGTH else None
        if number is None:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        digits = re.sub(r"\D", "", number.extension or "")
        return f"{e164(number)};ext={digits}" if digits else e164(number)


class EmailField(forms.EmailField):
    """An e-mail address as typed. The page may ask "Did you mean ...?" and never insists (typos.py)."""

    # The button that takes what was probably meant; it sends the form.
    takes_suggestion: Final = "take_email"
    suggestion = ""

    default_error_messages = {
        "invalid": _("Enter an email address in the form name@example.com"),
        "max_length": _("Email address must be %(limit_value)d characters or fewer"),
    }

    def __init__(self, **kwargs: Any) -> None:
        shape = {"autocomplete": "email", "spellcheck": "false", "autocapitalize": "none"}
        super().__init__(max_length=EMAIL_LENGTH, widget=forms.EmailInput(attrs=shape), **kwargs)

    def to_python(self, value: Any) -> str:
        """Return the address without unseen characters."""
        return tidy(super().to_python(value) or "")

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Leave maxlength out: it would cut a pasted address without a word."""
        return {}
