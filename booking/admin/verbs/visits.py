"""move_visit and cancel_visit before a visit, mark_seen and mark_no_show after it."""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from booking import actions
from booking.admin.calendar.times import Slot
from booking.admin.verbs.base import VerbForm, VerbPage
from booking.admin.verbs.book_time import BookTime, chosen_time
from booking.forms.choices import OneOf, Tick
from booking.forms.section import SectionForm
from booking.forms.text import LongTextField
from booking.models import ConsultationRequest, EarlierWish
from booking.models.sealed_text import MAX_LENGTH
from booking.rules.reasons import CancelReason
from booking.rules.transitions import Verb


class FreesTime(VerbPage):
    """A verb after which a time is free again."""

    def answer(self, request: HttpRequest, consultation: ConsultationRequest) -> HttpResponse:
        """Do it, then say who might want the time."""
        answer = super().answer(request, consultation)
        if answer.status_code != HTTPStatus.FOUND:
            return answer
        if waiting := EarlierWish.objects.waiting().count():
            words = ngettext(
                "%(n)d patient wants an earlier time.", "%(n)d patients want an earlier time.", waiting
            ) % {"n": waiting}
            link = reverse("admin:booking_visit_earlier")
            shown = gettext("See who could take this one")
            messages.info(request, format_html('{} <a href="{}">{}</a>', words, link, shown))
        return answer


class MoveVisit(FreesTime, BookTime):
    """Give the agreed visit another time."""

    verb = Verb.MOVE_VISIT
    title = _("Move the visit")
    lead = _("Ask the patient first: this visit stays theirs until they say yes. Then the old time is free.")
    done = _("Visit moved.")
    press = _("Move to this time")

    def length(self, consultation: ConsultationRequest) -> timedelta | None:
        """Return how long the visit is: as long as before."""
        return consultation.visit.ends_at - consultation.visit.starts_at if consultation.visit else None

    @staticmethod
    def do(
        consultation: ConsultationRequest, *, time: Slot, kind: object, told: str, **how: Any
    ) -> ConsultationRequest:
        """Move the visit, which keeps its type."""
        return actions.move_visit(consultation, *chosen_time(time), told=bool(told), **how)


class CancelForm(VerbForm):
    """Why, and what the patient should read."""

    reason = OneOf(
        label=_("Why is it cancelled?"),
        choices=CancelReason.choices,
        coerce=CancelReason,
        error_messages={"required": _("Select a reason")},
    )
    text = LongTextField(
        label=_("Message to the patient (optional)"),
        help_text=_("Read on the patient’s page. The email only says that the visit is cancelled."),
        max_length=MAX_LENGTH,
        required=False,
    )
    told = Tick(label=_("The patient knows it already, from the phone"), required=False)


class CancelVisit(FreesTime):
    """Give the agreed time up."""

    verb = Verb.CANCEL_VISIT
    form_class = CancelForm
    danger = True
    title = _("Cancel the visit?")
    lead = _("The time is free again, and the request goes back into review.")
    done = _("Visit cancelled. The request is back in review.")
    press = _("Cancel the visit")

    @staticmethod
    def do(consultation: ConsultationRequest, *, told: str, **values: Any) -> ConsultationRequest:
        """Cancel the visit."""
        return actions.cancel_visit(consultation, told=bool(told), **values)


class WishForm(VerbForm):
    """Whether they want one."""

    wanted = OneOf(
        label=_("Does the patient want an earlier time?"),
        choices=[("yes", _("Yes, put them on the list")), ("no", _("No, or not any more"))],
        coerce=lambda answer: answer == "yes",
        error_messages={"required": _("Select yes or no")},
    )


class WishEarlier(VerbPage):
    """Note that the patient would come earlier."""

    verb = Verb.WISH_EARLIER
    form_class = WishForm
    title = _("Earlier time")
    lead = _("Those on the list are shown when a time comes free.")
    done = _("Noted.")
    press = _("Save")
    do = staticmethod(actions.wish_earlier)

    def form(
        self, request: HttpRequest, consultation: ConsultationRequest, data: QueryDict | None = None
    ) -> SectionForm:
        """Return the form with what is noted so far."""
        form = super().form(request, consultation, data)
        if EarlierWish.objects.filter(request=consultation).exists():
            form.initial["wanted"] = "yes"
        return form

    def answer(self, request: HttpRequest, consultation: ConsultationRequest) -> HttpResponse:
        """Do it, then go back to the list when the button stood there."""
        answer = super().answer(request, consultation)
        from_list = request.POST.get("back") == "list" and answer.status_code == HTTPStatus.FOUND
        return redirect("admin:booking_visit_earlier") if from_list else answer


class MarkSeen(VerbPage):
    """The patient came."""

    verb = Verb.MARK_SEEN
    title = _("Did the patient come?")
    lead = _("This finishes the request. The patient is not told.")
    done = _("Marked seen. The request is finished.")
    do = staticmethod(actions.mark_seen)


class MarkNoShow(VerbPage):
    """The patient did not come."""

    verb = Verb.MARK_NO_SHOW
    title = _("Did the patient not come?")
    lead = _("The request goes back into review, so that somebody can call. The patient is not told.")
    done = _("Marked as a no-show. The request is back in review.")
    do = staticmethod(actions.mark_no_show)
