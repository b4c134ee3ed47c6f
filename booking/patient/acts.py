"""What patients can do on their page, as data. Each act has one page that asks before it is done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from booking import actions
from booking.actions import Actor
from booking.forms.section import SectionForm
from booking.models import ConsultationRequest, Link
from booking.models.letter import Direction
from booking.patient.forms import ContactForm, MessageForm, WishesForm, WordForm
from booking.rules.errors import SomeoneWasFaster
from booking.rules.reasons import CancelReason
from booking.rules.roles import Role
from booking.rules.statuses import Status
from booking.rules.transitions import Verb, why_not

ME: Final = frozenset({Role.PATIENT})
Do = Callable[[Link, dict[str, Any], int | None], object]


@dataclass(frozen=True)
class Act:
    """One act: its verb, what its page asks and says, and how it is done.

    `form` is empty where nothing is to be typed; `checked` shows what was typed once more before it is done.
    """

    key: str
    verb: Verb
    do: Do
    title: str | Promise
    lede: str | Promise
    button: str | Promise
    back: str | Promise
    form: type[SectionForm] = SectionForm
    about_visit: bool = False
    checked: bool = False

    def refusal(self, request: ConsultationRequest) -> str:
        """Return why it cannot be done as things stand, or ""."""
        return why_not(self.verb, Status(request.status), ME)

    def blank(self, request: ConsultationRequest, data: Any = None) -> SectionForm:
        """Return its form, with what was typed."""
        if self.form is ContactForm:
            return ContactForm(data, person=request.person)
        return self.form(data)


def _write(link: Link, typed: dict[str, Any], version: int | None) -> None:
    try:
        actions.reply(link.request, typed["text"], by=Actor.patient(), seen_version=version)
    except SomeoneWasFaster:
        # A second press of the button, or news meanwhile: a message is kept all the same, and only once.
        if not _is_said(link.request, typed["text"]):
            actions.reply(link.request, typed["text"], by=Actor.patient())


def _is_said(request: ConsultationRequest, text: str) -> bool:
    latest = request.letters.filter(direction=Direction.TO_CLINIC).first()
    return latest is not None and latest.text == text


def _decline_times(link: Link, typed: dict[str, Any], version: int | None) -> None:
    actions.decline_times(
        link.request,
        by=Actor.patient(),
        text=typed["text"],
        times=typed["times"] or None,
        seen_version=version,
    )


def _ask_to_move(link: Link, typed: dict[str, Any], version: int | None) -> None:
    actions.ask_to_move(
        link.request,
        by=Actor.patient(),
        text=typed["text"],
        times=typed["times"] or None,
        seen_version=version,
    )


def _cancel(link: Link, typed: dict[str, Any], version: int | None) -> None:
    actions.cancel_visit(
        link.request, CancelReason.PATIENT, by=Actor.patient(), text=typed["text"], seen_version=version
    )


def _withdraw(link: Link, _typed: dict[str, Any], version: int | None) -> None:
    actions.withdraw(link.request, by=Actor.patient(), seen_version=version)


def _change_contact(link: Link, typed: dict[str, Any], version: int | None) -> None:
    person = link.request.person
    email = "" if typed.get("remove_email") else typed.get("email") or person.email
    actions.change_contact(
        link.request,
        phone=typed["phone"] or person.phone,
        email=email,
        by=Actor.patient(),
        keep=link,
        seen_version=version,
    )


_ROWS: Final = (
    Act(
        "write", Verb.WRITE, _write,
        _("Write to us"),
        _("A person reads it in office hours. It is not read at once."),
        _("Send message"), _("Do not send"),
        form=MessageForm,
    ),
    Act(
        "none-suit", Verb.DECLINE_TIMES, _decline_times,
        _("None of these times suit you?"),
        _("Tell us what would. We let go of the times we hold, and look for others."),
        _("Ask for other times"), _("Back to the times"),
        form=WishesForm,
    ),
    Act(
        "move", Verb.ASK_TO_MOVE, _ask_to_move,
        _("Ask for another time"),
        _("The time below stays yours until we have agreed on a new one."),
        _("Ask for another time"), _("Keep this time"),
        form=WishesForm, about_visit=True,
    ),
    Act(
        "cancel", Verb.CANCEL_VISIT, _cancel,
        _("Cancel this visit?"),
        _("The time is then free for someone else. Your request stays open."),
        _("Cancel my visit"), _("Keep my visit"),
        form=WordForm, about_visit=True,
    ),
    Act(
        "contact", Verb.CHANGE_CONTACT, _change_contact,
        _("Change contact details"),
        _("Fill in only what changes. The rest stays as it is."),
        _("Continue"), _("Change nothing"),
        form=ContactForm, checked=True,
    ),
    Act(
        "withdraw", Verb.WITHDRAW, _withdraw,
        _("Take back your request?"),
        _("We stop working on it. Times and visits that we hold for you are given up. You cannot undo this."),
        _("Take back my request"), _("Keep my request"),
    ),
)  # fmt: skip

ACTS: Final[dict[str, Act]] = {act.key: act for act in _ROWS}
