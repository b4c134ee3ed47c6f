"""The form for a call: what is always needed stands open, the rest opens by need."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, cast

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from booking.admin.reading.contact import BEEN_HERE, PAYS
from booking.admin.verbs.responsible import StaffPersonForm
from booking.forms.choices import Checklist, OneOf
from booking.forms.proxy import ASKED
from booking.forms.text import LongTextField
from booking.rules.questions import Channel, Language, SameDayCare, WhoFor
from booking.rules.safety import BY_CODE, Level, at_level, questions_for

# What most calls are like; whatever differs is changed in the part that says it.
USUAL: Final = {"who_for": WhoFor.SELF, "language": Language.ENGLISH, "channel": Channel.PHONE}


class Signs(forms.CheckboxSelectMultiple):
    """Safety questions, each under the mark of its level."""

    parts_template = "booking/admin/consultation/signs.html"

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the level of a question; "none of these" has none."""
        question = BY_CODE.get(str(value))
        return {**super().create_option(name, value, *args, **kwargs), "level": question and question.level}


@dataclass(frozen=True)
class CallFormPart:
    """A part of the form, and whether it stands open. `anchor` leads into it, which opens it."""

    anchor: str
    title: str | Promise
    hint: str | Promise
    fields: list[forms.BoundField]
    is_open: bool

    @property
    def wrong(self) -> int:
        """How many of its fields have something to mend."""
        return sum(bool(field.errors) for field in self.fields)


class CallForm(StaffPersonForm):
    """Who it is, the signed safety questions about the topic, what they say, then what is rarely needed."""

    parts = (
        (_("Who is it?"), ("full_name", "birth_date", "phone")),
        (_("Safety questions"), ("checked", "same_day_care")),
        (_("What they say"), ("in_own_words",)),
        (
            _("Also ask"),
            ("been_here", "payment", "leave_message", "language", "interpreter", "interpreter_language"),
        ),
        (_("Somebody else asks"), ("who_for", *ASKED)),
        (_("Email and calls"), ("email", "no_email", "no_online_page", "channel", "call_parts")),
        (_("For a visit"), ("times", "access_needs")),
    )
    # Parts that open by need, with what the need is.
    folded: Final = {
        "who_for": _("When the person on the phone is not the patient"),
        "email": _("For an email address, or when only some hours are safe to call"),
        "times": _("For days that suit, or help at the visit"),
    }

    key = forms.UUIDField(widget=forms.HiddenInput)
    checked = Checklist(
        label=_("Does the caller have any of these now, or in the last few days?"),
        help_text=_("After a yes to a 911 sign: ask them to hang up and call 911."),
        none_label=_("None of these"),
        widget=Signs,
        error_messages={
            "required": _("Select the signs the caller has, or “None of these”"),
            "conflict": _("Select the signs that apply, or “None of these”, but not both"),
        },
    )
    same_day_care = OneOf(
        label=_("After a same-day sign: what does the caller say? (optional)"),
        help_text=_("First tell them that a doctor should check it today. Either way the request is kept."),
        choices=(
            (SameDayCare.TODAY, _("They will have it checked today")),
            (SameDayCare.CHECKED, _("A doctor has checked it")),
        ),
        required=False,
    )
    in_own_words = LongTextField(
        label=_("What does the caller tell about the pain? (optional)"),
        help_text=_("In their words. Nurses and clinicians read it."),
        max_length=2000,
        required=False,
    )

    def __init__(self, *args: Any, topic: str, **kwargs: Any) -> None:
        super().__init__(*args, topic=topic, **kwargs)
        questions = questions_for(topic)
        checked = cast("Checklist", self.fields["checked"])
        checked.offer((one.code, one.text) for one in questions)
        for name, words in (("been_here", BEEN_HERE), ("payment", PAYS)):
            cast("OneOf", self.fields[name]).choices = list(words.items())
        for name in self.parts[0][1]:
            # Said to patients; staff know it by heart.
            self.fields[name].help_text = ""
        # Problems are listed in the order in which the page asks.
        self.order_fields([name for _title, names in self.parts for name in names])

    @property
    def sections(self) -> list[CallFormPart]:
        """The parts; a folded one stands open when it holds a problem, or more than is usual."""
        return [
            CallFormPart(f"part-{names[0]}", title, self.folded.get(names[0], ""), fields, self._opens(names))
            for title, names in self.parts
            for fields in [[self[name] for name in names]]
        ]

    def clean(self) -> dict[str, Any]:
        """Drop what was said of a same-day sign where none is checked."""
        cleaned = super().clean()
        if not at_level(cleaned.get("checked", ()), Level.SAME_DAY):
            cleaned["same_day_care"] = ""
        return cleaned

    def _opens(self, names: tuple[str, ...]) -> bool:
        if names[0] not in self.folded:
            return True
        return any(self.errors.get(name) or not self._is_usual(name) for name in names)

    def _is_usual(self, name: str) -> bool:
        value = self[name].value()
        return not value or value == USUAL.get(name)
