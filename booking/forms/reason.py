"""What the request is about, and for whom."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from booking.forms.choices import OneOf
from booking.forms.section import SectionForm
from booking.forms.text import LongTextField
from booking.rules.questions import WhoFor
from booking.rules.safety import Topic


class ReasonForm(SectionForm):
    """The condition, or something else, a few words, and who it is for."""

    heading = "topic"

    topic = OneOf(
        label=_("What would you like help with?"),
        help_text=_("Choose the one that troubles you most."),
        choices=Topic.choices,
        error_messages={"required": _("Select what you would like help with")},
    )
    reason = LongTextField(
        label=_("In a few words, what do you hope for? (optional)"),
        help_text=_("For example: fewer headache days, or to sleep through the night."),
        max_length=1000,
        required=False,
        error_messages={"max_length": _("What you hope for must be %(limit_value)d characters or fewer")},
    )
    who_for = OneOf(
        label=_("Who is this request for?"),
        choices=WhoFor.choices,
        error_messages={"required": _("Select who this request is for")},
    )
