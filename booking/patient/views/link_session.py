"""The guard of every page behind the link, and how such a page is shown."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from booking import actions
from booking.hours.clinic import calendar
from booking.models import Link
from booking.patient import cookie
from booking.patient.status_page import status_context

View = Callable[..., HttpResponse]
# Sent by the button that shows the page in the other language.
LANGUAGE: Final = "show_in"


class SeeOther(HttpResponseRedirect):
    """303: after a POST, look there with GET (RFC 9110, 15.4.4)."""

    status_code = 303


def go(name: str, *args: Any) -> SeeOther:
    """Redirect to an address of these pages, in the language of the page."""
    return SeeOther(reverse(f"patient:{name}", args=args))


def in_clinic_time(view: View) -> View:
    """Show every time of a page in the clinic's own zone."""

    @wraps(view)
    def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        with timezone.override(ZoneInfo(calendar().zone)):
            return view(request, **kwargs)

    return guarded


def opened(view: View) -> View:
    """Hand the opened link to a view, or show that the page is locked; each page opens it for longer."""

    @wraps(view)
    @in_clinic_time
    def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        link = actions.opened_link(cookie.key_of(request))
        if link is None:
            return locked(request)
        response = view(request, link, **kwargs)
        cookie.give(response, actions.opened_key(link))
        return response

    return guarded


def locked(request: HttpRequest) -> HttpResponse:
    """Say how to open the page again. What was sent to it was not taken, and is given back."""
    typed = request.POST.get("text", "")
    status = 403 if request.method == "POST" else 200
    response = render(request, "booking/patient/locked.html", {"typed": typed}, status=status)
    cookie.take(response)
    return response


def show(request: HttpRequest, link: Link, **more: Any) -> HttpResponse:
    """Show the present state. The other language leads to this page, whatever address shows it now."""
    known = status_context(link.request)
    known |= {"home": reverse("patient:page"), "takes_language": known["may"]["write"]}
    return render(request, "booking/patient/page.html", known | more)


def show_refusal(request: HttpRequest, link: Link, sentence: str) -> HttpResponse:
    """Show how things stand now, and why what was asked for was not done; 409 for what was sent."""
    fresh = actions.opened_link(actions.opened_key(link))
    if fresh is None:
        return locked(request)
    response = show(request, fresh, refusal=sentence, unsent=request.POST.get("text", "").strip())
    response.status_code = 409 if request.method == "POST" else 200
    return response


def version_of(request: HttpRequest) -> int | None:
    """Return the version that the sent page was made for; a forged one matches none."""
    typed = request.POST.get("version", "")
    if not typed:
        return None
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else 0
