"""decline, close and reopen: each with a reason from a list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from booking import actions
from booking.admin.verbs.base import VerbForm, VerbPage
from booking.delivery.words import ONWARD, WHY_CLOSED
from booking.forms.choices import OneOf
from booking.rules.reasons import CloseReason, DeclineReason, ReopenReason
from booking.rules.transitions import Verb

MISSING = {"required": _("Select a reason")}
READS: Final = _("The patient reads: “{words}”")


class Explained(forms.RadioSelect):
    """Radio buttons, each with what it leads to under its words."""

    parts_template = "booking/admin/verbs/explained.html"

    def __init__(self, hints: Mapping[str, str | Promise]) -> None:
        self.hints = hints
        super().__init__()

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the hint of an option."""
        return {**super().create_option(name, value, *args, **kwargs), "hint": self.hints.get(value, "")}


CLOSED_HINTS: Final[dict[str, str | Promise]] = {
    **{code: format_lazy(READS, words=words) for code, words in WHY_CLOSED.items()},
    CloseReason.DUPLICATE: _(
        "Nothing is lost when you merge them instead: see “Same person” on the request."
    ),
    CloseReason.SPAM: _("Nothing is sent."),
}


class DeclineForm(VerbForm):
    """Why the clinic cannot take the request."""

    reason = OneOf(
        label=_("Why can the clinic not take it?"),
        choices=DeclineReason.choices,
        coerce=DeclineReason,
        widget=Explained({code: format_lazy(READS, words=words) for code, words in ONWARD.items()}),
        error_messages=MISSING,
    )


class CloseForm(VerbForm):
    """Why a request ends without a visit."""

    reason = OneOf(
        label=_("Why is it closed?"),
        choices=CloseReason.choices,
        coerce=CloseReason,
        widget=Explained(CLOSED_HINTS),
        error_messages=MISSING,
    )


class ReopenForm(VerbForm):
    """Why a finished request comes back."""

    reason = OneOf(
        label=_("Why does it come back?"),
        choices=ReopenReason.choices,
        coerce=ReopenReason,
        error_messages=MISSING,
    )


class Decline(VerbPage):
    """The clinic cannot take the request."""

    verb = Verb.DECLINE
    form_class = DeclineForm
    danger = True
    title = _("Decline this request?")
    lead = _("It is finished then. The patient gets a message, unless there is no email address: then call.")
    done = _("Declined.")
    press = _("Decline the request")
    do = staticmethod(actions.decline)


class Close(VerbPage):
    """An end without a visit."""

    verb = Verb.CLOSE
    form_class = CloseForm
    danger = True
    title = _("Close this request?")
    lead = _(
        "An agreed visit is cancelled. The patient gets a message, but not when it is not a real request."
    )
    done = _("Closed.")
    press = _("Close the request")
    do = staticmethod(actions.close)


class Reopen(VerbPage):
    """A finished request comes back."""

    verb = Verb.REOPEN
    form_class = ReopenForm
    title = _("Reopen this request?")
    lead = _("It goes back into review. The patient is not told.")
    done = _("Reopened. The request is back in review.")
    do = staticmethod(actions.reopen)
