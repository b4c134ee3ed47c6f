"""start_review and set_priority."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from booking import actions
from booking.admin.verbs.base import VerbForm, VerbPage
from booking.forms.choices import OneOf
from booking.rules.priority import Priority
from booking.rules.reasons import PriorityReason
from booking.rules.transitions import Verb


class StartReview(VerbPage):
    """Begin to read."""

    verb = Verb.START_REVIEW
    title = _("Start the review?")
    lead = _("It becomes yours unless a colleague has it. The patient is not told.")
    done = _("Review started.")
    do = staticmethod(actions.start_review)


class PriorityFields(forms.Form):
    """A priority, and why."""

    priority = OneOf(
        label=_("How soon should staff act?"),
        choices=Priority.choices,
        coerce=Priority,
        error_messages={"required": _("Select how soon staff should act")},
    )
    reason = OneOf(
        label=_("Why?"),
        choices=PriorityReason.choices,
        coerce=PriorityReason,
        error_messages={"required": _("Select why")},
    )


class PriorityForm(PriorityFields, VerbForm):
    """The same for one request, as somebody read it."""


class SetPriority(VerbPage):
    """Set another priority than the rules suggest."""

    verb = Verb.SET_PRIORITY
    form_class = PriorityForm
    title = _("Set the priority")
    lead = _("What the rules suggested is kept beside it.")
    done = _("Priority set.")
    do = staticmethod(actions.set_priority)
