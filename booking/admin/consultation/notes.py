"""Internal notes: written on the request page, or on a page of their own when something is to be mended."""

from __future__ import annotations

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from booking import actions
from booking.admin.base.access import actor_of, record, refuse, sees_answers
from booking.admin.verbs.base import page_url
from booking.forms.section import SectionForm
from booking.forms.text import LongTextField
from booking.models import ConsultationRequest
from booking.models.access import Look
from booking.models.sealed_text import MAX_LENGTH


class NoteForm(SectionForm):
    """What colleagues should know."""

    text = LongTextField(
        label=gettext_lazy("Note for colleagues"),
        help_text=gettext_lazy("The patient never sees it."),
        max_length=MAX_LENGTH,
        error_messages={"required": gettext_lazy("Type a note first")},
    )


def add_note(request: HttpRequest, consultation: ConsultationRequest) -> HttpResponse:
    """Keep a note; refuse, on record, whoever sees no answers."""
    if not sees_answers(request):
        refuse(request, consultation)
    form = NoteForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        actions.write_note(consultation, form.cleaned_data["text"], by=actor_of(request))
        messages.success(request, _("Note added."))
        return redirect(page_url(request, consultation))
    record(request, Look.VIEW, consultation)
    context = {
        **admin.site.each_context(request), "title": _("Add a note"), "form": form,
        "consultation": consultation,
        "person": consultation.person, "back": page_url(request, consultation), "possible": True,
        "page": {"button": _("Add note"), "lead": ""},
    }  # fmt: skip
    return render(request, "booking/admin/verbs/verb.html", context)
