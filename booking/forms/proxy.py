"""Asking for somebody else: who asks, how they are related, and that they may."""

from __future__ import annotations

from typing import Any, Final, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from booking.forms.choices import OneOf, Tick
from booking.forms.section import SectionForm, about_another
from booking.forms.text import PlainTextField
from booking.rules.questions import RELATIONS_FOR, Relation, WhoFor

ASKED: Final = ("asker_name", "relation", "may_speak")
# The same questions, asked about somebody else: label, and what is said when the answer is missing.
_ABOUT_ANOTHER: Final = {
    "full_name": (_("Full name of the patient"), _("Enter the full name of the patient")),
    "birth_date": (_("Birth date of the patient"), _("Enter the birth date of the patient")),
    "been_here": (
        _("Has the patient been to our clinic before?"),
        _("Select whether the patient has been to our clinic before"),
    ),
}
_MAY_SPEAK: Final = {
    WhoFor.ADULT.value: _("The patient knows that I ask and agrees. Or I decide about their care by law."),
    WhoFor.MINOR.value: _("I decide about the care of the patient, who is under 18."),
}


class ProxyFields(SectionForm):
    """The questions to somebody who asks for another person."""

    asker_name = PlainTextField(
        label=_("Your own name"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name", "spellcheck": "false"}),
        error_messages={
            "required": _("Enter your own name"),
            "max_length": _("Your own name must be %(limit_value)d characters or fewer"),
        },
    )
    relation = OneOf(
        label=_("How are you related to the patient?"),
        choices=Relation.choices,
        error_messages={"required": _("Select how you are related to the patient")},
    )
    may_speak = Tick(
        label=_MAY_SPEAK[WhoFor.ADULT.value],
        error_messages={"required": _("Check the box to confirm that you may speak for the patient")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.about_whom == WhoFor.SELF:
            for name in ASKED:
                del self.fields[name]
        elif self.about_whom in RELATIONS_FOR:
            relation = cast(OneOf, self.fields["relation"])
            relation.choices = [(one.value, one.label) for one in RELATIONS_FOR[self.about_whom]]
            self.fields["may_speak"].label = _MAY_SPEAK[self.about_whom]
            self._another_types()

    @property
    def asked_for(self) -> str:
        """Who the request is for: a code of WhoFor, "" when that is not known."""
        return self.about_whom

    def _another_types(self) -> None:
        self.parts = tuple(
            (_("About the patient") if "full_name" in names else title, names) for title, names in self.parts
        )
        for name, (label, missing) in _ABOUT_ANOTHER.items():
            self.fields[name].label = label
            self.fields[name].error_messages["required"] = missing
        about_another(self.fields["full_name"], self.fields["birth_date"])
