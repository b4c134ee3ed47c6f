"""One view for every act: its page asks, and a POST does it."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from booking import actions
from booking.forms.contact import EmailField
from booking.forms.form_recovery import gives_back
from booking.forms.section import SectionForm
from booking.models import Link
from booking.patient.form_recovery import act_again, done_surely
from booking.patient.forms import ContactForm
from booking.patient.self_service import ACTS, Act
from booking.patient.views.link_session import LANGUAGE, go, opened, show_refusal, version_of
from booking.rules.errors import BookingError, SomeoneWasFaster

# Sent along by the page that shows what was typed once more.
CONFIRMED: Final = "confirmed"
CHANGE: Final = "change"


@require_http_methods(["GET", "HEAD", "POST"])
@gives_back(act_again)
@opened
def act(request: HttpRequest, link: Link, key: str) -> HttpResponse:
    """Show the page of an act, or do it."""
    wanted = ACTS[key]
    if sentence := wanted.refusal(link.request):
        return show_refusal(request, link, sentence)
    if LANGUAGE in request.POST:
        form = wanted.blank(link.request)
        form.initial = form.typed(request.POST)
        return _ask(request, link, wanted, form)
    if request.method != "POST" or CHANGE in request.POST:
        form = wanted.blank(link.request, request.POST or None)
        return _ask(request, link, wanted, form)
    form = wanted.blank(link.request, request.POST)
    if not form.is_valid():
        return _ask(request, link, wanted, form)
    if wanted.checked and CONFIRMED not in request.POST:
        return _check(request, link, form)
    return _do(request, link, wanted, form)


def _do(request: HttpRequest, link: Link, wanted: Act, form: SectionForm) -> HttpResponse:
    try:
        done_surely(link, wanted.verbs, lambda: wanted.do(link, form.cleaned_data, version_of(request)))
    except SomeoneWasFaster as error:
        return _ask_again(request, link, wanted, form, str(error))
    except BookingError as error:
        return show_refusal(request, link, str(error))
    return go("page")


def _ask(
    request: HttpRequest, link: Link, wanted: Act, form: SectionForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = {"consultation": link.request, "visit": link.request.visit, "act": wanted, "form": form, **more}
    context["takes_language"] = bool(form.fields)
    return render(request, "booking/patient/act.html", context, status=status)


def _ask_again(
    request: HttpRequest, link: Link, wanted: Act, form: SectionForm, sentence: str
) -> HttpResponse:
    """Ask once more, what was typed in place, as long as the act still fits how things stand now."""
    fresh = actions.opened_link(actions.opened_key(link))
    if fresh is None or wanted.refusal(fresh.request) or not any(form.cleaned_data.values()):
        return show_refusal(request, link, sentence)
    return _ask(request, fresh, wanted, form, status=409, refusal=sentence)


def _check(request: HttpRequest, link: Link, form: SectionForm) -> HttpResponse:
    meant = form.meant if isinstance(form, ContactForm) else ""
    if meant and EmailField.takes_suggestion in request.POST:
        data = request.POST.copy()
        data["email"] = meant
        form, meant = ContactForm(data, person=link.request.person), ""
        form.is_valid()
    context = {"consultation": link.request, "form": form, "meant": meant, "takes_language": True}
    return render(request, "booking/patient/contact_check.html", context)
