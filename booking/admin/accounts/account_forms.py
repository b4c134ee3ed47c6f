"""What a manager types about a staff account."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.validators import ASCIIUsernameValidator
from django.utils.translation import gettext_lazy as _

from booking.forms.choices import Checklist
from booking.forms.contact import EmailField
from booking.forms.section import SectionForm, about_another
from booking.forms.text import PlainTextField
from booking.rules.roles import STAFF, Role

NAME_LENGTH = 150
WHAT_THEY_DO = {
    Role.RECEPTION: _("Reception: contact and schedule, no clinical answers"),
    Role.NURSE: _("Nurse: everything of every request"),
    Role.CLINICIAN: _("Clinician: their own patients"),
    Role.EDITOR: _("Editor: the public pages, no requests"),
    Role.MANAGER: _("Manager: audit, exports and these accounts"),
}


class RolesForm(SectionForm):
    """What somebody may do."""

    roles = Checklist(
        label=_("Roles"),
        choices=[(role.value, label) for role, label in WHAT_THEY_DO.items()],
        error_messages={"required": _("Select at least one role")},
    )

    def clean_roles(self) -> list[Role]:
        """Return the roles themselves."""
        return [role for role in STAFF if role.value in self.cleaned_data["roles"]]


class DetailsForm(SectionForm):
    """Somebody's name, and where mail about their account goes."""

    first_name = PlainTextField(
        label=_("First name"), max_length=NAME_LENGTH, error_messages={"required": _("Enter the first name")}
    )
    last_name = PlainTextField(
        label=_("Last name"), max_length=NAME_LENGTH, error_messages={"required": _("Enter the last name")}
    )
    email = EmailField(
        label=_("Work email"),
        help_text=_("The link to choose a password goes there."),
        error_messages={
            "required": _("Enter the work email"),
            "invalid": _("Enter an email address like name@example.com"),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        about_another(*self.fields.values())

    @property
    def person(self) -> dict[str, str]:
        """Return who somebody is, and their username where it is asked for."""
        return {name: self.cleaned_data[name] for name in self.fields if name != "roles"}


class InviteForm(RolesForm, DetailsForm):
    """Who is invited."""

    username = PlainTextField(
        label=_("Username"),
        help_text=_("Small letters, numbers and dots. The history shows the name above."),
        max_length=NAME_LENGTH,
        validators=[ASCIIUsernameValidator(message=_("Use letters, numbers and dots alone"))],
        error_messages={"required": _("Enter a username")},
    )
    field_order = ("first_name", "last_name", "email", "username", "roles")
