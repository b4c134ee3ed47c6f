"""ask_patient, answer, mark_read and mark_unread: writing with the patient."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from booking import actions
from booking.admin.base.access import sees_answers
from booking.admin.base.paging import SHOWN
from booking.admin.verbs.base import VerbForm, VerbPage
from booking.admin.verbs.ready import WithReadyTexts
from booking.forms.text import LongTextField
from booking.models import ConsultationRequest
from booking.models.sealed_text import MAX_LENGTH
from booking.rules.contact_permission import may_email
from booking.rules.transitions import Verb


class LetterForm(VerbForm):
    """What the patient reads on their page."""

    text = LongTextField(
        label=_("Message to the patient"),
        help_text=_("Plain words. The patient reads it on their page; the email only says that it is there."),
        max_length=MAX_LENGTH,
        error_messages={"required": _("Write something first")},
    )


class _LetterPage(WithReadyTexts):
    """A page to write on, with what was written so far beside it."""

    form_class = LetterForm
    template = "booking/admin/verbs/letter.html"

    def shown_beside(self, request: HttpRequest, consultation: ConsultationRequest) -> dict[str, Any]:
        """Add the conversation for those who may read it."""
        written = consultation.letters.select_related("author")
        letters = list(written[: SHOWN + 1]) if sees_answers(request) else []
        return {
            **super().shown_beside(request, consultation),
            "letters": letters[:SHOWN],
            "more_letters": len(letters) > SHOWN,
            "calls_only": not may_email(consultation.person),
        }


class AskPatient(_LetterPage):
    """Ask the patient something, and wait."""

    verb = Verb.ASK_PATIENT
    title = _("Ask the patient")
    lead = _("The request waits until the patient answers.")
    done = _("Question sent. The request waits for the patient.")
    press = _("Send the question")
    do = staticmethod(actions.ask_patient)


class Answer(_LetterPage):
    """Write to the patient without a question."""

    verb = Verb.ANSWER
    title = _("Write to the patient")
    lead = _("The request stays where it is.")
    done = _("Message sent.")
    press = _("Send the message")
    do = staticmethod(actions.answer)


class MarkRead(VerbPage):
    """What the patient did needs nothing more."""

    verb = Verb.MARK_READ
    title = _("Mark as read?")
    lead = _("The news leaves the queue. The patient is not told.")
    done = _("Marked as read. “Mark as unread” takes that back.")
    do = staticmethod(actions.mark_read)


class MarkUnread(VerbPage):
    """It was read too soon."""

    verb = Verb.MARK_UNREAD
    title = _("Mark as unread?")
    lead = _("The news stands in the queue again. The patient is not told.")
    done = _("Marked as unread.")
    do = staticmethod(actions.mark_unread)
