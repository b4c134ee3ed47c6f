"""log_contact: what came of a call, and when to call again."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from booking import actions
from booking.actions import Actor
from booking.admin.base.access import sees_answers
from booking.admin.lists.call_backs import call_back_words
from booking.admin.reading.calls_owed import calls_owed
from booking.admin.reading.contact import contact
from booking.admin.verbs.base import VerbForm, VerbPage
from booking.forms.choices import OneOf
from booking.forms.dates import DayInput
from booking.forms.section import SectionForm
from booking.forms.text import LongTextField
from booking.hours.clinic import calendar
from booking.hours.clinicians import kept
from booking.models import ConsultationRequest
from booking.models.sealed_text import MAX_LENGTH
from booking.rules.call_back import CallAgain, call_back_at, why_not_that_day, why_not_then
from booking.rules.reasons import ContactOutcome
from booking.rules.statuses import FINAL
from booking.rules.transitions import Verb


class ContactForm(VerbForm):
    """What came of a call. `cleaned_data["call_back_at"]` is the time of the next one, or None."""

    outcome = OneOf(
        label=_("What came of the call?"),
        choices=ContactOutcome.choices,
        coerce=ContactOutcome,
        error_messages={"required": _("Select what came of the call")},
    )
    again = OneOf(
        label=_("When to call again? (optional)"),
        help_text=_("It comes up in the queue under “Calls to make” then."),
        choices=[("", _("No other call planned")), *CallAgain.choices],
        required=False,
    )
    day = forms.DateField(
        label=_("Which day?"),
        help_text=_("Only for “On another day”, at most 30 days ahead."),
        widget=DayInput(format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
        error_messages={"invalid": _("Type a day of the calendar, such as 2026-12-01")},
        required=False,
    )
    note = LongTextField(
        label=_("Note for colleagues (optional)"),
        help_text=_("The patient never sees it."),
        max_length=MAX_LENGTH,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Add the time of the next call, in clinic time. Refuses one over, too far off or needless."""
        values = super().clean() or self.cleaned_data
        values["call_back_at"] = None
        again, outcome = values.get("again"), values.get("outcome")
        if not again:
            if outcome == ContactOutcome.LATER and "again" in self.fields and "again" not in self.errors:
                self.add_error("again", _("They asked for a call: select when"))
            return values
        if outcome == ContactOutcome.REACHED:
            self.add_error("again", _("You reached the patient: select “No other call planned”"))
        elif not self.has_error("day"):
            self._plan(CallAgain(again), values.get("day"), values)
        return values

    def _plan(self, again: CallAgain, day: date | None, values: dict[str, Any]) -> None:
        name = "day" if again == CallAgain.DATE else "again"
        if again == CallAgain.DATE and day is None:
            self.add_error("day", _("Select the day on which to call again"))
            return
        now, clinic = timezone.now(), calendar()
        at = call_back_at(again, day, now, clinic.zone)
        # In two hours is today: whoever asks for it is there, whatever the calendar says.
        closed = "" if again == CallAgain.SOON else why_not_that_day(at, clinic)
        if sentence := why_not_then(at, now) or closed:
            self.add_error(name, sentence)
            return
        values["call_back_at"] = at


class LogContact(VerbPage):
    """Record a call to the patient."""

    verb = Verb.LOG_CONTACT
    form_class = ContactForm
    template = "booking/admin/verbs/call.html"
    title = _("Call the patient")
    lead = _("A call that reaches the patient keeps the promised reply, and tells what no email could.")
    done = _("Call recorded.")
    press = _("Record the call")

    def form(
        self, request: HttpRequest, consultation: ConsultationRequest, data: QueryDict | None = None
    ) -> SectionForm:
        """Leave out the note for those who may not write one, and the next call of a finished request."""
        form = super().form(request, consultation, data)
        form.initial["again"] = ""
        if not sees_answers(request):
            del form.fields["note"]
        if consultation.status in FINAL:
            del form.fields["again"], form.fields["day"]
        return form

    def shown_beside(self, request: HttpRequest, consultation: ConsultationRequest) -> dict[str, Any]:
        """Add the number to call, what there is to tell, and the call that was planned."""
        offers = list(consultation.visits.on_offer().select_related("clinician"))
        return {
            "contact": contact(consultation.person),
            "calls": calls_owed(consultation, consultation.messages.to_tell()),
            "call_back": call_back_words(consultation, timezone.now()),
            "offers": offers,
            "lost": {visit.pk for visit in offers} - {visit.pk for visit in kept(offers)},
        }

    @staticmethod
    @transaction.atomic
    def do(
        consultation: ConsultationRequest,
        *,
        outcome: ContactOutcome,
        call_back_at: datetime | None,
        note: str = "",
        by: Actor,
        seen_version: int,
        **_asked: Any,
    ) -> ConsultationRequest:
        """Both or neither: a call on record without its note would look as if nothing had been said."""
        changed = actions.log_contact(
            consultation, outcome, by=by, call_back_at=call_back_at, seen_version=seen_version
        )
        if note:
            actions.write_note(changed, note, by=by)
        return changed
