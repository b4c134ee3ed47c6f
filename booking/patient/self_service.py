"""What patients can do on their page, as data. Each act has one page that asks before it is done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from booking.forms.section import SectionForm
from booking.models import ConsultationRequest, Link
from booking.patient import self_service_handlers
from booking.patient.forms import ContactForm, EarlierForm, MessageForm, WishesForm, WordForm
from booking.rules.roles import Role
from booking.rules.statuses import Status
from booking.rules.transitions import Verb, why_not

ME: Final = frozenset({Role.PATIENT})
Do = Callable[[Link, dict[str, Any], int | None], object]


@dataclass(frozen=True)
class Act:
    """One act: its verb, what its page asks and says, and how it is done.

    `form` is empty where nothing is to be typed; `checked` shows what was typed once more before it is done.
    `unless` says why it cannot be done although the status allows it, or "".
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
    unless: Callable[[ConsultationRequest], str] | None = None

    @property
    def verbs(self) -> set[Verb]:
        """The verbs that its event may name: the first answer to a question is a reply."""
        return {Verb.WRITE, Verb.REPLY} if self.verb == Verb.WRITE else {self.verb}

    def refusal(self, consultation: ConsultationRequest) -> str:
        """Return why it cannot be done as things stand, or ""."""
        sentence = why_not(self.verb, Status(consultation.status), ME)
        return sentence or (self.unless(consultation) if self.unless else "")

    def blank(self, consultation: ConsultationRequest, data: Any = None) -> SectionForm:
        """Return its form, with what was typed."""
        if self.form is ContactForm:
            return ContactForm(data, person=consultation.person)
        return self.form(data)


def _not_listed(consultation: ConsultationRequest) -> str:
    return (
        ""
        if getattr(consultation, "earlier_wish", None)
        else gettext("You are not on the list for an earlier time.")
    )


_ROWS: Final = (
    Act(
        "write", Verb.WRITE, self_service_handlers.write,
        _("Write to us"),
        _("A person reads it in office hours. It is not read at once."),
        _("Send message"), _("Do not send"),
        form=MessageForm,
    ),
    Act(
        "none-suit", Verb.DECLINE_TIMES, self_service_handlers.decline_times,
        _("None of these times suit you?"),
        _("Tell us what would. We let go of the times we hold, and look for others."),
        _("Ask for other times"), _("Back to the times"),
        form=WishesForm,
    ),
    Act(
        "move", Verb.ASK_TO_MOVE, self_service_handlers.ask_to_move,
        _("Ask for another time"),
        _("The time below stays yours until we have agreed on a new one."),
        _("Ask for another time"), _("Keep this time"),
        form=WishesForm, about_visit=True,
    ),
    Act(
        "earlier", Verb.ASK_EARLIER, self_service_handlers.ask_earlier,
        _("Ask for an earlier time"),
        _("If a time comes free, we ask you first. We cannot promise that one will."),
        _("Put me on the list"), _("Change nothing"),
        form=EarlierForm, about_visit=True,
    ),
    Act(
        "not-earlier", Verb.ASK_EARLIER, self_service_handlers.stop_earlier,
        _("Stop asking for an earlier time?"),
        _("Your visit stays as it is. You can ask again as long as it has not begun."),
        _("Stop asking"), _("Stay on the list"),
        about_visit=True, unless=_not_listed,
    ),
    Act(
        "cancel", Verb.CANCEL_VISIT, self_service_handlers.cancel,
        _("Cancel this visit?"),
        _("The time is then free for someone else. Your request stays open."),
        _("Cancel my visit"), _("Keep my visit"),
        form=WordForm, about_visit=True,
    ),
    Act(
        "contact", Verb.CHANGE_CONTACT, self_service_handlers.change_contact,
        _("Change contact details"),
        _("Fill in only what changes. The rest stays as it is."),
        _("Continue"), _("Change nothing"),
        form=ContactForm, checked=True,
    ),
    Act(
        "withdraw", Verb.WITHDRAW, self_service_handlers.withdraw,
        _("Take back your request?"),
        _("We stop working on it. Times and visits that we hold for you are given up. You cannot undo this."),
        _("Take back my request"), _("Keep my request"),
    ),
)  # fmt: skip

ACTS: Final[dict[str, Act]] = {act.key: act for act in _ROWS}
