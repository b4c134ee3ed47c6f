"""merge: two requests of one person go on as one."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from booking import actions
from booking.admin.base.access import actor_of, record
from booking.admin.reading.contact import contact
from booking.admin.reading.duplicates import others_of
from booking.admin.verbs.base import VerbForm, VerbPage
from booking.forms.choices import Tick
from booking.forms.section import SectionForm
from booking.models import ConsultationRequest
from booking.models.access import Look
from booking.rules.errors import NotPossible
from booking.rules.patient_matching import PatientMatch, patient_match
from booking.rules.transitions import Verb


class MergeForm(VerbForm):
    """Which request goes on, as somebody read it."""

    into = forms.UUIDField(widget=forms.HiddenInput)
    target_version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)
    one_person = Tick(
        label=gettext_lazy("They are one person: I compared the details, or asked"),
        help_text=gettext_lazy("The names differ. Children of one family may share all the rest."),
        error_messages={"required": gettext_lazy("Check that both are one person, or do not merge them")},
    )


class Merge(VerbPage):
    """Both side by side; this one closes, the other goes on."""

    verb = Verb.MERGE
    form_class = MergeForm
    template = "booking/admin/verbs/merge.html"
    title = gettext_lazy("Merge two requests")
    lead = gettext_lazy("Nothing is lost: both stay readable. The patient is not told.")
    done = gettext_lazy("Merged. This is the request that goes on.")
    press = gettext_lazy("Close this one and go on in the other")

    def form(
        self, request: HttpRequest, consultation: ConsultationRequest, data: QueryDict | None = None
    ) -> SectionForm:
        """Carry along which request goes on, and the version of it that is shown."""
        target = _target((data or request.GET).get("into", ""))
        seen = {"into": target.pk, "target_version": target.version} if target else {}
        form = MergeForm(data, initial={"seen_version": consultation.version, **seen})
        if target is None or patient_match(consultation.person, target.person) != PatientMatch.ALIKE:
            del form.fields["one_person"]
        return form

    def shown_beside(self, request: HttpRequest, consultation: ConsultationRequest) -> dict[str, Any]:
        """Add both requests, or the ones to choose from."""
        target = _target(request.GET.get("into", "") or request.POST.get("into", ""))
        if target is None:
            return {
                "others": [one for one in others_of(consultation, actor_of(request)) if one.same],
                "target": None,
            }
        # Its name and words are shown as well: that is a look of its own.
        record(request, Look.VIEW, target)
        return {
            "target": target,
            "both": [(one, one.person, contact(one.person), one.answers) for one in (consultation, target)],
            "refused": actions.why_not_merged(consultation, target),
            "other_way": not actions.why_not_merged(target, consultation),
        }

    @staticmethod
    def do(
        consultation: ConsultationRequest, *, into: uuid.UUID, one_person: str = "", **values: Any
    ) -> ConsultationRequest:
        """Merge the request into the other one."""
        target = _target(str(into))
        if target is None:
            raise NotPossible(_("The other request is not there."))
        return actions.merge(consultation, target, one_person=bool(one_person), **values)


def _target(key: str) -> ConsultationRequest | None:
    try:
        return ConsultationRequest.objects.filter(pk=uuid.UUID(key)).first()
    except ValueError:
        return None
