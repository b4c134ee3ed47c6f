"""What was sent to these pages and could not be taken is shown again as it was typed."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from booking.forms.given_back import Why, given_back
from booking.forms.section import SectionForm
from booking.patient.acts import ACTS
from booking.patient.forms import RenewForm, UnlockForm


def act_again(request: HttpRequest, why: Why, key: str) -> HttpResponse:
    """Show an act's form."""
    act = ACTS[key]
    return _again(request, why, act.form(request.POST), act.title, act.button)


def message_again(request: HttpRequest, why: Why) -> HttpResponse:
    """Show the message that was being written; its button sends it."""
    act = ACTS["write"]
    place = reverse("patient:act", args=[act.key])
    return _again(request, why, act.form(request.POST), act.title, act.button, place)


def door_again(request: HttpRequest, why: Why, token: str) -> HttpResponse:
    """Show the question at the door, whether or not the link opens anything."""
    return _again(request, why, UnlockForm(request.POST), _("Open my request"), _("Open my request"))


def renew_again(request: HttpRequest, why: Why) -> HttpResponse:
    """Show what a new link is asked for with."""
    return _again(request, why, RenewForm(request.POST), _("Get a new link"), _("Send me a new link"))


def _again(
    request: HttpRequest,
    why: Why,
    form: SectionForm,
    title: str | Promise,
    button: str | Promise,
    place: str = "",
) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "title": title,
        "button": button,
        "version": request.POST.get("version", ""),
        "takes_language": True,
        "home": place or request.path,
    }
    return given_back(request, why, "booking/patient/not_received.html", context)
