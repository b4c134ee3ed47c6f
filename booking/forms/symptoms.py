"""The pain of the past week, and how it has been."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from booking.forms.choices import DaysField, OneOf, ScaleField
from booking.forms.section import SectionForm
from booking.forms.text import LongTextField
from booking.rules.questions import HEADACHE, Duration, HeadacheHours

ONLY_HEADACHE = ("headache_days", "headache_hours", "medicine_days")
_NOT_AT_ALL = _("does not interfere")
_WHOLLY = _("completely interferes")


class SymptomsForm(SectionForm):
    """The PEG scale in its own words (Krebs EE et al. J Gen Intern Med 2009;24:733-738), then the course."""

    pain = ScaleField(
        label=_("What number best describes your pain on average in the past week?"),
        help_text=_("0 is no pain. 10 is pain as bad as you can imagine."),
        low=_("no pain"),
        high=_("as bad as you can imagine"),
        error_messages={"required": _("Select a number for your pain on average")},
    )
    enjoyment = ScaleField(
        label=_(
            "What number best describes how, during the past week, pain has interfered with your "
            "enjoyment of life?"
        ),
        help_text=_("0 is does not interfere. 10 is completely interferes."),
        low=_NOT_AT_ALL,
        high=_WHOLLY,
        error_messages={"required": _("Select a number for your enjoyment of life")},
    )
    activity = ScaleField(
        label=_(
            "What number best describes how, during the past week, pain has interfered with your "
            "general activity?"
        ),
        help_text=_("0 is does not interfere. 10 is completely interferes."),
        low=_NOT_AT_ALL,
        high=_WHOLLY,
        error_messages={"required": _("Select a number for your general activity")},
    )
    headache_days = DaysField(
        label=_("How many days a month do you have a headache?"),
        help_text=_("Count every headache day, mild ones too. A guess is fine."),
        error_messages={
            "required": _("Enter how many days a month you have a headache"),
            "invalid": _("Headache days a month must be a whole number, such as 8"),
            "min_value": _("Headache days a month must be 0 or more"),
            "max_value": _("Headache days a month must be 31 or fewer"),
        },
    )
    headache_hours = OneOf(
        label=_("How long does a headache last, without medicine?"),
        choices=HeadacheHours.choices,
        error_messages={"required": _("Select how long a headache lasts")},
    )
    medicine_days = DaysField(
        label=_("How many days a month do you take pain medicine?"),
        help_text=_("Count medicine from the store too. A guess is fine."),
        error_messages={
            "required": _("Enter how many days a month you take pain medicine"),
            "invalid": _("Pain medicine days a month must be a whole number, such as 4"),
            "min_value": _("Pain medicine days a month must be 0 or more"),
            "max_value": _("Pain medicine days a month must be 31 or fewer"),
        },
    )
    duration = OneOf(
        label=_("How long has it been like this?"),
        choices=Duration.choices,
        error_messages={"required": _("Select how long it has been like this")},
    )
    in_own_words = LongTextField(
        label=_("What else should we know about your pain? (optional)"),
        help_text=_("Where it hurts, what sets it off, what makes it better."),
        max_length=2000,
        required=False,
        error_messages={"max_length": _("About your pain must be %(limit_value)d characters or fewer")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.about and self.about not in HEADACHE:
            for name in ONLY_HEADACHE:
                del self.fields[name]
