"""The pain of the past week, and how it has been."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from booking.forms.choices import Checklist, DaysField, FieldChoice, OneOf, ScaleField
from booking.forms.section import SectionForm
from booking.forms.text import LongTextField
from booking.rules.priority import implied
from booking.rules.questions import Duration, HeadacheHours, JawOpening
from booking.rules.topics import features_for, is_asked, places_for

_NOT_AT_ALL = _("does not interfere")
_WHOLLY = _("completely interferes")


class SymptomsForm(SectionForm):
    """The PEG scale in its own words (Krebs EE et al. J Gen Intern Med 2009;24:733-738), then the rest.

    What is asked beyond the scale, and what there is to choose from, depends on the topic (rules/topics.py).
    """

    parts = (
        ("", ("pain", "enjoyment", "activity")),
        (
            _("What it is like"),
            (
                "where",
                "features",
                "jaw_opening",
                "headache_days",
                "migraine_days",
                "headache_hours",
                "medicine_days",
            ),
        ),
        (_("Since when"), ("duration", "in_own_words")),
    )

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
    where = Checklist(
        label=_("Where does it hurt?"),
        help_text=_("Check all that apply."),
        error_messages={"required": _("Select where it hurts")},
    )
    features = Checklist(
        label=_("Which of these fit?"),
        help_text=_("Check all that apply."),
        none_label=_("None of these fit"),
        error_messages={
            "required": _("Select what fits, or “None of these fit”"),
            "conflict": _("Select what fits, or “None of these fit”, but not both"),
        },
    )
    jaw_opening = OneOf(
        label=_("How many of your own fingers, one above the other, fit between your front teeth?"),
        help_text=_("Open only as far as it goes without force."),
        choices=JawOpening.choices,
        error_messages={"required": _("Select how many fingers fit between your front teeth")},
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
    migraine_days = DaysField(
        label=_("On how many of those days was it like a migraine?"),
        help_text=_("For example: it throbs, you feel sick, or light and noise hurt. A guess is fine."),
        error_messages={
            "required": _("Enter on how many days a month it is like a migraine"),
            "invalid": _("Migraine days a month must be a whole number, such as 8"),
            "min_value": _("Migraine days a month must be 0 or more"),
            "max_value": _("Migraine days a month must be 31 or fewer"),
            "more": _("Migraine days cannot be more than the headache days above"),
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
        help_text=_("What sets it off, what makes it better, what it keeps you from."),
        max_length=2000,
        required=False,
        error_messages={"max_length": _("About your pain must be %(limit_value)d characters or fewer")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in [name for name in self.fields if not is_asked(name, self.about)]:
            del self.fields[name]
        for name, offered in self._lists(self.about).items():
            if name in self.fields:
                cast(Checklist, self.fields[name]).offer(offered)

    @staticmethod
    def _lists(topic: str) -> dict[str, list[FieldChoice]]:
        """Return what there is to choose from in the questions whose list depends on the topic."""
        lists = {"where": places_for(topic), "features": features_for(topic)}
        return {name: [(one.value, one.label) for one in offered] for name, offered in lists.items()}

    def clean(self) -> dict[str, Any]:
        """Check that there are no more migraine days than headache days."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        days, like_migraine = cleaned.get("headache_days"), cleaned.get("migraine_days")
        if days is not None and like_migraine is not None and like_migraine > days:
            message = self.fields["migraine_days"].error_messages["more"]
            self.add_error("migraine_days", forms.ValidationError(message, code="more"))
        return cleaned

    @property
    def implied(self) -> tuple[str, ...]:
        """The safety signs that these answers say yes to. Only after is_valid()."""
        told = self.cleaned_data
        return implied(told.get("medicine_days"), told.get("jaw_opening", ""))

    def values(self) -> dict[str, Any]:
        """Return the answers, and the topic whose lists they were chosen from."""
        return {**super().values(), "asked_about": self.about}

    def is_answered_by(self, kept: Mapping[str, Any]) -> bool:
        """Return whether every question of now was asked then, with the same answers to choose from."""
        then, now = self._lists(kept.get("asked_about", "")), self._lists(self.about)
        same = all(then[name] == now[name] for name in now if name in self.fields)
        return same and super().is_answered_by(kept)
