"""assign, and the questions about a person as staff see them."""

from __future__ import annotations

from typing import Any, cast

from crispy_forms.helper import FormHelper
from django import forms
from django.contrib.auth.models import User
from django.db.models import Q, QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from booking import actions
from booking.admin.base.words import staff_name
from booking.admin.verbs.base import VerbForm, VerbPage
from booking.forms.choices import OneOf
from booking.forms.identity import is_minor
from booking.forms.person import PersonForm
from booking.forms.proxy import ASKED
from booking.forms.section import SectionForm, about_another
from booking.models import ConsultationRequest
from booking.rules.questions import RELATIONS_FOR, WhoFor
from booking.rules.roles import SEE_REQUESTS
from booking.rules.transitions import Verb

NOBODY = "nobody"


def colleagues() -> QuerySet[User]:
    """Return the active staff who may open requests, by name."""
    allowed = Q(groups__name__in=[role.value for role in SEE_REQUESTS]) | Q(is_superuser=True)
    staff = User.objects.filter(allowed, is_active=True, is_staff=True).distinct()
    return staff.order_by("first_name", "last_name", "username")


class AssigneeField(forms.Form):
    """Who looks after a request."""

    assignee = OneOf(
        label=_("Who looks after it?"),
        coerce=lambda chosen: None if chosen == NOBODY else User.objects.get(pk=chosen),
        error_messages={"required": _("Select who looks after it")},
    )

    def offer(self, me: User) -> None:
        """Offer oneself first, then the others, then nobody."""
        others = [(str(one.pk), staff_name(one)) for one in colleagues() if one.pk != me.pk]
        to_me = (str(me.pk), _("Me (%(name)s)") % {"name": staff_name(me)})
        cast("OneOf", self.fields["assignee"]).choices = [to_me, *others, (NOBODY, _("Nobody"))]


class AssignForm(AssigneeField, VerbForm):
    """The same for one request, as somebody read it."""


class Assign(VerbPage):
    """Give the request to somebody."""

    verb = Verb.ASSIGN
    form_class = AssignForm
    title = _("Assign this request")
    lead = _("The patient is not told.")
    done = _("Assigned.")

    def form(
        self, request: HttpRequest, consultation: ConsultationRequest, data: QueryDict | None = None
    ) -> SectionForm:
        """Offer the colleagues."""
        form = super().form(request, consultation, data)
        cast("AssignForm", form).offer(cast("User", request.user))
        return form

    do = staticmethod(actions.assign)


class StaffPersonForm(PersonForm):
    """The patient's own questions, ready to be read out; hidden fields go along."""

    parts = (
        (_("Who asks"), ("who_for", *ASKED)),
        *(
            (title, names)
            for title, (_theirs, names) in zip(
                (_("The patient"), _("How to reach them"), _("What they need")),
                PersonForm.parts[1:],
                strict=True,
            )
        ),
    )

    who_for = OneOf(
        label=_("Who is the request for?"),
        choices=(
            (WhoFor.SELF, _("The person who asks")),
            (WhoFor.ADULT, _("Another adult")),
            (WhoFor.MINOR, _("Somebody under 18, whose parent or guardian asks")),
        ),
        error_messages={"required": _("Select who the request is for")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        about_another(*self.fields.values())
        self.fields["relation"].error_messages["guardian"] = _("Select parent or legal guardian")
        for name in ASKED:
            # Needed only when it is for somebody else, which `clean` knows.
            self.fields[name].required = False

    @property
    def asked_for(self) -> str:
        """Who the request is for, as answered on this page."""
        return str(self.cleaned_data.get("who_for", ""))

    def clean(self) -> dict[str, Any]:
        """Ask who speaks for somebody else; a patient under 18 needs a parent or guardian."""
        cleaned = super().clean()
        if self.asked_for == WhoFor.SELF:
            cleaned |= dict.fromkeys(ASKED, "")
        elif self.asked_for:
            for name in ASKED:
                if not cleaned.get(name) and name not in self.errors:
                    self.miss(name, code="required")
            if cleaned.get("relation") and cleaned["relation"] not in RELATIONS_FOR[self.asked_for]:
                self.miss("relation", code="guardian")
        born = cleaned.get("birth_date")
        if born and self.asked_for not in ("", WhoFor.MINOR) and is_minor(born):
            self.miss("birth_date", code="minor")
        return cleaned

    @property
    def helper(self) -> FormHelper:
        """The crispy layout with the hidden fields."""
        helper = super().helper
        helper.render_hidden_fields = True
        return helper


def person_values(values: dict[str, Any]) -> dict[str, Any]:
    """Return cleaned form values as the document keeps them."""
    kept: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in values.items()
    }
    # Half days replace what older requests held apart.
    kept |= {"days": (), "day_parts": ()}
    if kept.get("birth_date"):
        kept["birth_date"] = kept["birth_date"].isoformat()
    return kept
