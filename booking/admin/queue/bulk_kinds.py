"""What can be done with several requests at once, as data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, ngettext_lazy

from booking import actions
from booking.actions import Actor
from booking.admin.verbs.reading import PriorityFields
from booking.admin.verbs.responsible import AssigneeField
from booking.forms.section import SectionForm
from booking.models import ConsultationRequest
from booking.rules.reasons import CloseReason
from booking.rules.transitions import TRANSITIONS, Verb


class AssignAll(AssigneeField, SectionForm):
    """Who looks after them."""


class PriorityAll(PriorityFields, SectionForm):
    """How soon, and why."""


@dataclass(frozen=True)
class Bulk:
    """What can be done with several requests."""

    verb: Verb
    do: Callable[..., ConsultationRequest]
    title: Promise
    button: Promise
    lead: Promise
    icon: str
    form: type[SectionForm] = SectionForm
    danger: bool = False


def _assign_to_me(consultation: ConsultationRequest, *, by: Actor, **how: Any) -> ConsultationRequest:
    return actions.assign(consultation, by.user, by=by, **how)


BULKS: Final = {
    "mine": Bulk(
        Verb.ASSIGN,
        _assign_to_me,
        ngettext_lazy("Assign %(n)d request to you?", "Assign %(n)d requests to you?", "n"),
        gettext_lazy("Assign to me"),
        gettext_lazy("The patients are not told."),
        "user-check",
    ),
    "assign": Bulk(
        Verb.ASSIGN,
        actions.assign,
        ngettext_lazy("Assign %(n)d request?", "Assign %(n)d requests?", "n"),
        gettext_lazy("Assign"),
        gettext_lazy("The patients are not told."),
        "users",
        AssignAll,
    ),
    "priority": Bulk(
        Verb.SET_PRIORITY,
        actions.set_priority,
        ngettext_lazy("Set the priority of %(n)d request?", "Set the priority of %(n)d requests?", "n"),
        gettext_lazy("Set priority"),
        gettext_lazy("What the rules suggested is kept beside it."),
        "chevrons-up",
        PriorityAll,
    ),
    "spam": Bulk(
        Verb.CLOSE,
        partial(actions.close, reason=CloseReason.SPAM),
        ngettext_lazy("Close %(n)d request as spam?", "Close %(n)d requests as spam?", "n"),
        gettext_lazy("Close as spam"),
        gettext_lazy("Nobody is told. Their private links shut, and an agreed visit is cancelled."),
        "ban",
        danger=True,
    ),
}


def offered(actor: Actor) -> list[tuple[str, Bulk]]:
    """Return what this person may do with several requests."""
    return [(code, bulk) for code, bulk in BULKS.items() if TRANSITIONS[bulk.verb].actors & actor.roles]
