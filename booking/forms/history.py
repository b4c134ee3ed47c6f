"""What was tried, and what must be known before anybody speaks of a shot."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from booking.forms.choices import Checklist, OneOf
from booking.forms.section import SectionForm
from booking.forms.text import LongTextField, PlainTextField
from booking.rules.questions import Health, Imaging, LastToxin, Referral, Tried


class HistoryForm(SectionForm):
    """Treatments and pictures so far, health, and who sent the person."""

    parts = (
        (_("What was done so far"), ("tried", "tried_other", "imaging")),
        (_("Your health"), ("health", "last_toxin", "allergies")),
        (_("Who sent you"), ("referral", "referrer")),
    )

    tried = Checklist(
        label=_("What have you tried so far?"),
        help_text=_("Check all that apply."),
        choices=Tried.choices,
        none_label=_("I have not tried any of these"),
        error_messages={
            "required": _("Select what you have tried, or “I have not tried any of these”"),
            "conflict": _("Select what you have tried, or “I have not tried any of these”, but not both"),
        },
    )
    tried_other = LongTextField(
        label=_("What helped, what did not, and anything else you tried (optional)"),
        help_text=_("Names and doses of medicines, if you know them."),
        max_length=2000,
        required=False,
        error_messages={"max_length": _("What you tried must be %(limit_value)d characters or fewer")},
    )
    imaging = Checklist(
        label=_("Were pictures taken of what hurts?"),
        help_text=_("Check all that apply. Bring them to a visit if you can."),
        choices=Imaging.choices,
        none_label=_("No, none of these"),
        error_messages={
            "required": _("Select which pictures were taken, or “No, none of these”"),
            "conflict": _("Select which pictures were taken, or “No, none of these”, but not both"),
        },
    )
    health = Checklist(
        label=_("Do any of these apply to you?"),
        help_text=_("Check all that apply. It tells us what would be safe for you."),
        choices=Health.choices,
        none_label=_("No, none of these apply to me"),
        error_messages={
            "required": _("Select what applies to you, or “No, none of these apply to me”"),
            "conflict": _("Select what applies to you, or “No, none of these apply to me”, but not both"),
        },
    )
    last_toxin = OneOf(
        label=_("When was your last shot of BOTOX or another botulinum toxin?"),
        help_text=_("For any reason, such as wrinkles or a stiff neck."),
        choices=LastToxin.choices,
        error_messages={"required": _("Select when your last shot was")},
    )
    allergies = LongTextField(
        label=_("Allergies (optional)"),
        help_text=_("To medicines, foods or latex."),
        max_length=1000,
        required=False,
        error_messages={"max_length": _("Allergies must be %(limit_value)d characters or fewer")},
    )
    referral = OneOf(
        label=_("Do you have a referral?"),
        help_text=_("Some insurance plans ask for one. A request does not need it."),
        choices=Referral.choices,
        error_messages={"required": _("Select whether you have a referral")},
    )
    referrer = PlainTextField(
        label=_("Who sent you? (optional)"),
        help_text=_("The name of the doctor, dentist or clinic."),
        max_length=200,
        required=False,
        error_messages={"max_length": _("Who sent you must be %(limit_value)d characters or fewer")},
    )
