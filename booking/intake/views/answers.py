"""Answers that several pages give."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from booking.forms.form_recovery import Why, recovery_page
from booking.intake import draft_recovery, drafts
from booking.intake.steps import BY_KEY, FormStep
from booking.rules.errors import TooOften

CHANGING = "check"
RETRY_AFTER_SECONDS = "3600"


class SeeOther(HttpResponseRedirect):
    """303: after a POST, look there with GET (RFC 9110, 15.4.4)."""

    status_code = 303


def go(name: str, *args: Any) -> SeeOther:
    """Redirect to an address of this journey, in the language of the page."""
    return SeeOther(reverse(f"intake:{name}", args=args))


def is_changing(request: HttpRequest) -> bool:
    """Return whether the person came from the check page to change an answer."""
    return request.GET.get("return") == CHANGING


def address(name: str, *args: Any, changing: bool = False) -> str:
    """Return an address of this journey, carrying along that an answer is being changed."""
    return reverse(f"intake:{name}", args=args) + (f"?return={CHANGING}" if changing else "")


def go_to_step(step: FormStep, *, changing: bool = False) -> SeeOther:
    """Redirect to a step; a change is carried along until the check page."""
    return SeeOther(address("step", step.key, changing=changing and step.key != CHANGING))


def begin(request: HttpRequest, kept: Mapping[str, dict[str, Any]], step: str) -> HttpResponse:
    """Begin a draft with answers by step, and lead to a step of it; 429 when too many were begun there."""
    try:
        _draft, token = drafts.begin(request, kept)
    except TooOften:
        return too_many(request)
    response = go_to_step(BY_KEY[step])
    drafts.give_key(response, token)
    return response


def gone(request: HttpRequest, step: str = "") -> HttpResponse:
    """410: there is no draft, or none any more; the page says what was lost and how to go on.

    The answers of a step that was just sent are still at hand, and can begin a new draft.

    A browser whose draft was sent is led to that news instead, however long ago: nothing was lost.
    """
    if drafts.was_sent(request):
        return go("sent")
    typed = draft_recovery.typed(request, step)
    return render(request, "booking/intake/gone.html", {"typed": typed}, status=410)


def button_again(request: HttpRequest, why: Why, title: str, button: str) -> HttpResponse:
    """Show a button that could not be taken, with what its form carried."""
    context = {"title": title, "button": button, "hidden": draft_recovery.fields_of(request.POST)}
    template = "booking/intake/not_received.html"
    return recovery_page(request, why, template, {**context, "only_a_button": True})


def too_many(request: HttpRequest) -> HttpResponse:
    """429: nothing was sent; the page gives the phone number, and what was answered stays kept."""
    response = render(request, "booking/intake/too_many.html", status=429)
    response.headers["Retry-After"] = RETRY_AFTER_SECONDS
    return response
