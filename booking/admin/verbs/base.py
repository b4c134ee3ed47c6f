"""What all pages of verbs share: resolve, bind, call, redirect."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise

from booking.admin.base.access import actor_of, record, refuse
from booking.admin.lists.filters import Filters
from booking.admin.reading.header import header
from booking.admin.reading.steps import not_now
from booking.forms.section import SectionForm
from booking.models import ConsultationRequest
from booking.models.access import Look
from booking.rules.errors import BookingError, NotAllowed
from booking.rules.transitions import TRANSITIONS, Verb


class VerbForm(SectionForm):
    """Carries the version that the person read, so that nobody overwrites a colleague unseen."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)


class VerbPage:
    """One verb. A subclass names its words, its form, and the verb: `do`, called with what the form holds."""

    verb: ClassVar[Verb]
    form_class: ClassVar[type[SectionForm]] = VerbForm
    template: ClassVar[str] = "booking/admin/verbs/verb.html"
    danger: ClassVar[bool] = False
    title: ClassVar[str | Promise]
    lead: ClassVar[str | Promise] = ""
    done: ClassVar[str | Promise]
    # The words of the button, where they are not those of the verb.
    press: ClassVar[str | Promise] = ""
    do: ClassVar[Callable[..., ConsultationRequest]]

    def form(
        self, request: HttpRequest, consultation: ConsultationRequest, data: QueryDict | None = None
    ) -> SectionForm:
        """Return the form, bound when `data` is given."""
        return self.form_class(data, initial={"seen_version": consultation.version})

    def shown_beside(self, request: HttpRequest, consultation: ConsultationRequest) -> dict[str, Any]:
        """Return what the template of this verb needs beyond the form."""
        return {}

    @property
    def button(self) -> str:
        """The words of the button: the act itself."""
        return str(self.press or self.verb.label)

    def answer(self, request: HttpRequest, consultation: ConsultationRequest) -> HttpResponse:
        """Answer GET with the page and POST with the verb; refuse, on record, the wrong role."""
        if not TRANSITIONS[self.verb].actors & actor_of(request).roles:
            refuse(request, consultation)
        if request.method != "POST":
            return self.show(request, consultation, self.form(request, consultation))
        form = self.form(request, consultation, request.POST)
        return (
            self._send(request, consultation, form)
            if form.is_valid()
            else self.show(request, consultation, form)
        )

    def _send(
        self, request: HttpRequest, consultation: ConsultationRequest, form: SectionForm
    ) -> HttpResponse:
        try:
            changed = self.do(consultation, by=actor_of(request), **form.cleaned_data)
        except NotAllowed:
            refuse(request, consultation)
        except BookingError as error:
            return self._conflict(request, consultation, form, str(error))
        messages.success(request, str(self.done))
        return redirect(page_url(request, changed))

    def _conflict(
        self, request: HttpRequest, consultation: ConsultationRequest, form: SectionForm, sentence: str
    ) -> HttpResponse:
        """Show the sentence and the present state; what was typed stays, and may be sent again."""
        consultation.refresh_from_db()
        data = request.POST.copy()
        data["seen_version"] = str(consultation.version)
        form.data = data
        return self.show(request, consultation, form, sentence)

    def show(
        self,
        request: HttpRequest,
        consultation: ConsultationRequest,
        form: SectionForm,
        sentence: str = "",
        *,
        template: str = "",
    ) -> HttpResponse:
        """Render the page, or another template of it, once the look is on record."""
        record(request, Look.VIEW, consultation)
        now = timezone.now()
        impossible = not_now(consultation, self.verb, actor_of(request), now)
        sentence = sentence or impossible
        context = {
            **admin.site.each_context(request),
            "title": self.title,
            "page": self,
            "form": form,
            "consultation": consultation,
            "person": consultation.person,
            "sentence": sentence,
            "possible": not impossible,
            "about": header(request, consultation, now),
            "back": page_url(request, consultation),
            **self.shown_beside(request, consultation),
        }
        return render(
            request,
            template or self.template,
            context,
            status=HTTPStatus.CONFLICT if sentence else HTTPStatus.OK,
        )


def page_url(request: HttpRequest, consultation: ConsultationRequest) -> str:
    """Return the address of the request page, with the list that the person came from."""
    address = reverse("admin:booking_consultationrequest_change", args=[consultation.pk])
    return address + Filters.read(request.GET).address()
