"""The buttons of a request page by what they are about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Generic, NamedTuple, Protocol, TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from booking.rules.transitions import Verb


class Kind(NamedTuple):
    """What some verbs are about, and how their buttons look."""

    title: Promise
    verbs: frozenset[Verb]
    style: str


KINDS: Final = (
    Kind(
        _("Talk with the patient"),
        frozenset({Verb.ASK_PATIENT, Verb.ANSWER, Verb.MARK_READ, Verb.MARK_UNREAD, Verb.LOG_CONTACT}),
        "button--ghost",
    ),
    Kind(
        _("Visit"),
        frozenset(
            {
                Verb.OFFER_TIMES,
                Verb.BOOK_TIME,
                Verb.MOVE_VISIT,
                Verb.WISH_EARLIER,
                Verb.CANCEL_VISIT,
                Verb.MARK_SEEN,
                Verb.MARK_NO_SHOW,
            }
        ),
        "button--ghost",
    ),
    Kind(
        _("Request"),
        frozenset({Verb.START_REVIEW, Verb.DECLINE, Verb.CLOSE, Verb.REOPEN}),
        "button--quiet",
    ),
)
# These stand where they belong instead: beside the assignee, the priority, the contact.
ELSEWHERE: Final = frozenset({Verb.ASSIGN, Verb.SET_PRIORITY, Verb.AMEND_DETAILS})


class HasVerb(Protocol):
    """A button."""

    @property
    def verb(self) -> Verb:
        """What it does."""


Button = TypeVar("Button", bound=HasVerb)


@dataclass(frozen=True)
class Group(Generic[Button]):
    """Buttons of one kind under their heading."""

    title: str
    steps: list[Button]
    style: str


def groups(buttons: Sequence[Button]) -> list[Group[Button]]:
    """Return the buttons by kind, in their order; kinds without one are left out."""
    found = [(kind, [one for one in buttons if one.verb in kind.verbs]) for kind in KINDS]
    return [Group(str(kind.title), steps, kind.style) for kind, steps in found if steps]
