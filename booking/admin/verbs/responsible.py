"""assign and amend_details."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, cast

from crispy_forms.helper import FormHelper
from django import forms
from django.contrib.auth.models import User
from django.db.models import Q, QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from booking import actions
from booking.actions import Actor
from booking.admin.door import actor_of
from booking.admin.verbs.base import VerbForm, VerbPage
from booking.admin.words import staff_name
from booking.forms.choices import OneOf
from booking.forms.person import PersonForm
from booking.forms.section import SectionForm
from booking.models import ConsultationRequest
from booking.rules.documents import ADULT_AGE, age_on
from booking.rules.roles import SEE_REQUESTS, Role
from booking.rules.transitions import Verb

NOBODY = "nobody"


def colleagues() -> QuerySet[User]:
    """Return the active staff who may open requests, by name."""
    allowed = Q(groups__name__in=[role.value for role in SEE_REQUESTS]) | Q(is_superuser=True)
    staff = User.objects.filter(allowed, is_active=True, is_staff=True).distinct()
    return staff.order_by("first_name", "last_name", "username")


class AssignForm(VerbForm):
    """Who looks after the request."""

    assignee = OneOf(
        label=_("Who looks after it?"), error_messages={"required": _("Select who looks after it")}
    )


class Assign(VerbPage):
    """Give the request to somebody."""

    verb = Verb.ASSIGN
    form_class = AssignForm
    title = _("Assign this request")
    lead = _("The patient is not told.")
    done = _("Assigned.")

    def form(
        self, http: HttpRequest, request: ConsultationRequest, data: QueryDict | None = None
    ) -> SectionForm:
        """Offer oneself first, then the others, then nobody."""
        form = super().form(http, request, data)
        me = cast("User", http.user)
        others = [(str(one.pk), staff_name(one)) for one in colleagues() if one.pk != me.pk]
        to_me = (str(me.pk), _("Me (%(name)s)") % {"name": staff_name(me)})
        field = cast("OneOf", form.fields["assignee"])
        field.choices = [to_me, *others, (NOBODY, _("Nobody"))]
        return form

    def act(
        self, request: ConsultationRequest, values: dict[str, Any], by: Actor, seen_version: int
    ) -> ConsultationRequest:
        chosen = values["assignee"]
        assignee = None if chosen == NOBODY else User.objects.get(pk=chosen)
        return actions.assign(request, assignee, by=by, seen_version=seen_version)


class StaffPersonForm(PersonForm):
    """The patient's own questions, ready to be read out; hidden fields go along."""

    parts: ClassVar[Any] = tuple(
        (title, names)
        for title, (_theirs, names) in zip(
            (_("The patient"), _("How to reach them"), _("What they need")), PersonForm.parts, strict=True
        )
    )

    @property
    def helper(self) -> FormHelper:
        """The crispy layout with the hidden fields."""
        helper = super().helper
        helper.render_hidden_fields = True
        return helper


class AmendForm(StaffPersonForm):
    """What the patient told, to be corrected."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)


class AmendDetails(VerbPage):
    """Correct who the person is and how to reach them."""

    verb = Verb.AMEND_DETAILS
    form_class = AmendForm
    title = _("Correct details")
    lead = _("The history names the fields that changed, never their content.")
    done = _("Details corrected.")

    @property
    def button(self) -> str:
        """The words of the button."""
        return str(_("Save the corrections"))

    def form(
        self, http: HttpRequest, request: ConsultationRequest, data: QueryDict | None = None
    ) -> SectionForm:
        """Fill the form with what is kept; only a nurse changes the birth date."""
        kept = vars(request.person) | {"seen_version": request.version}
        form = AmendForm(data, initial=kept)
        if Role.NURSE not in actor_of(http).roles:
            del form.fields["birth_date"]
        return form

    def act(
        self, request: ConsultationRequest, values: dict[str, Any], by: Actor, seen_version: int
    ) -> ConsultationRequest:
        person = request.person.changed(**person_values(values))
        return actions.amend_details(request, person, by=by, seen_version=seen_version)


def person_values(values: dict[str, Any]) -> dict[str, Any]:
    """Return cleaned form values as the document keeps them."""
    kept: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in values.items()
    }
    if kept.get("birth_date"):
        kept["birth_date"] = kept["birth_date"].isoformat()
    return kept


def is_minor(values: dict[str, Any], today: date) -> bool:
    """Return whether the birth date is that of somebody under eighteen."""
    born: date | None = values.get("birth_date")
    return born is not None and age_on(born, today) < ADULT_AGE
