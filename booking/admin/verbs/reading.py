"""start_review, set_priority and log_contact."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from booking import actions
from booking.actions import Actor
from booking.admin.contact import contact
from booking.admin.door import sees_answers
from booking.admin.telling import calls_to_make
from booking.admin.verbs.base import VerbForm, VerbPage
from booking.forms.choices import OneOf
from booking.forms.section import SectionForm
from booking.forms.text import LongTextField
from booking.models import ConsultationRequest
from booking.rules.priority import Priority
from booking.rules.reasons import ContactOutcome, PriorityReason
from booking.rules.transitions import Verb

NOTE_LENGTH = 4_000


class StartReview(VerbPage):
    """Begin to read."""

    verb = Verb.START_REVIEW
    title = _("Start the review?")
    lead = _("It becomes yours unless a colleague has it. The patient is not told.")
    done = _("Review started.")

    def act(
        self, request: ConsultationRequest, values: dict[str, Any], by: Actor, seen_version: int
    ) -> ConsultationRequest:
        return actions.start_review(request, by=by, seen_version=seen_version)


class PriorityFields(forms.Form):
    """A priority, and why."""

    priority = OneOf(
        label=_("How soon should staff act?"),
        choices=Priority.choices,
        error_messages={"required": _("Select how soon staff should act")},
    )
    reason = OneOf(
        label=_("Why?"), choices=PriorityReason.choices, error_messages={"required": _("Select why")}
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

    def act(
        self, request: ConsultationRequest, values: dict[str, Any], by: Actor, seen_version: int
    ) -> ConsultationRequest:
        priority, reason = Priority(values["priority"]), PriorityReason(values["reason"])
        return actions.set_priority(request, priority, reason, by=by, seen_version=seen_version)


class ContactForm(VerbForm):
    """What came of a call."""

    outcome = OneOf(
        label=_("What came of the call?"),
        choices=ContactOutcome.choices,
        error_messages={"required": _("Select what came of the call")},
    )
    note = LongTextField(
        label=_("Note for colleagues (optional)"),
        help_text=_("The patient never sees it."),
        max_length=NOTE_LENGTH,
        required=False,
    )


class LogContact(VerbPage):
    """Record a call to the patient."""

    verb = Verb.LOG_CONTACT
    form_class = ContactForm
    template = "admin/booking/call.html"
    title = _("Call the patient")
    lead = _("A call that reaches the patient keeps the promised reply, and tells what no email could.")
    done = _("Call recorded.")
    press = _("Record the call")

    def form(
        self, http: HttpRequest, request: ConsultationRequest, data: QueryDict | None = None
    ) -> SectionForm:
        """Leave the note out for those who may not write one."""
        form = super().form(http, request, data)
        if not sees_answers(http):
            del form.fields["note"]
        return form

    def shown_beside(self, http: HttpRequest, request: ConsultationRequest) -> dict[str, Any]:
        """Add the number to call, and what there is to tell."""
        return {
            "contact": contact(request.person),
            "calls": calls_to_make(request, request.messages.all()),
            "offers": list(request.visits.on_offer().select_related("clinician")),
        }

    def act(
        self, request: ConsultationRequest, values: dict[str, Any], by: Actor, seen_version: int
    ) -> ConsultationRequest:
        outcome = ContactOutcome(values["outcome"])
        # Both or neither: a call on record without its note would look as if nothing had been said.
        with transaction.atomic():
            changed = actions.log_contact(request, outcome, by=by, seen_version=seen_version)
            if values.get("note"):
                actions.write_note(changed, values["note"], by=by)
        return changed
