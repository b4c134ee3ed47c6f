"""amend_details: what a colleague corrected meanwhile is never typed over unseen."""

from __future__ import annotations

import json
import re
from dataclasses import fields
from typing import Any, Final, cast

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from booking import actions
from booking.actions import Actor
from booking.actions.amend_details import IDENTITY
from booking.admin.base.access import actor_of
from booking.admin.verbs.base import VerbPage
from booking.admin.verbs.responsible import StaffPersonForm, person_values
from booking.forms.section import SectionForm
from booking.models import ConsultationRequest
from booking.rules.documents import Person
from booking.rules.roles import Role
from booking.rules.transitions import Verb

_MARK: Final = re.compile(r"([a-z_]+):([0-9a-f]{16})")


class AmendForm(StaffPersonForm):
    """What the patient told, to be corrected; carries a mark of each answer as the page was opened."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)
    opened = forms.CharField(widget=forms.HiddenInput, required=False)

    @property
    def corrected(self) -> dict[str, Any]:
        """The answers that this person changed, as the document keeps them."""
        before = dict(_MARK.findall(self.cleaned_data.get("opened", "")))
        values = person_values(self.cleaned_data)
        told = {field.name for field in fields(Person)}
        return {
            name: value
            for name, value in values.items()
            if name in told and before.get(name) != mark(name, value)
        }


def mark(name: str, value: Any) -> str:
    """Return what tells an answer from another one, and nothing of what it says."""
    return salted_hmac(f"amend {name}", json.dumps(value)).hexdigest()[:16]


class AmendDetails(VerbPage):
    """Correct who the person is and how to reach them; reception the latter alone."""

    verb = Verb.AMEND_DETAILS
    form_class = AmendForm
    title = _("Correct details")
    lead = _(
        "The history names the fields that changed, never their content. Only a nurse changes the name, the "
        "birth date, and who asks."
    )
    done = _("Details corrected.")
    press = _("Save the corrections")

    def form(
        self, request: HttpRequest, consultation: ConsultationRequest, data: QueryDict | None = None
    ) -> SectionForm:
        """Fill the form with what is kept; who the patient is, and who asks, is for a nurse to change."""
        person = vars(consultation.person) | {"times": consultation.person.wished_times}
        opened = " ".join(f"{name}:{mark(name, value)}" for name, value in person.items())
        form = AmendForm(data, initial={**person, "seen_version": consultation.version, "opened": opened})
        if Role.NURSE not in actor_of(request).roles:
            for name in IDENTITY:
                del form.fields[name]
        return form

    @staticmethod
    def do(
        consultation: ConsultationRequest, *, opened: object, by: Actor, seen_version: int, **values: Any
    ) -> ConsultationRequest:
        """Correct the details."""
        person = consultation.person.changed(**person_values(values))
        return actions.amend_details(consultation, person, by=by, seen_version=seen_version)

    def _conflict(
        self, request: HttpRequest, consultation: ConsultationRequest, form: SectionForm, sentence: str
    ) -> HttpResponse:
        """Show what is kept now, with this person's own corrections typed in over it."""
        corrected = cast("AmendForm", form).corrected
        consultation.refresh_from_db()
        fresh = self.form(request, consultation)
        fresh.initial.update({name: value for name, value in corrected.items() if name in fresh.fields})
        return self.show(request, consultation, fresh, sentence)
