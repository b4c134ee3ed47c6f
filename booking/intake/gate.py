"""Whether the request form may be open: never before people with the right have signed it off."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from booking.form_gates import GATES
from booking.forms.form_recovery import Why

View = Callable[..., HttpResponse]


def is_open(language: str | None = None) -> bool:
    """Return whether the safety rules and the clinic's facts are signed off as they are now.

    The form in Spanish also waits for a manager's sign-off, on a qualified translator's word. A subject
    that nobody registered counts as unsigned. In a demonstration the form is open. `language` defaults to
    the active one.
    """
    return GATES["es" if (language or get_language()) == "es" else "en"].is_open()


def when_open(view: View) -> View:
    """Show the phone number in the form's place while it is closed."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if is_open():
            return view(request, *args, **kwargs)
        return closed(request)

    return guarded


def again_when_open(again: View) -> View:
    """Show the phone number in place of a form with an old token while the form is closed.

    While the database is away nobody can tell, and what was typed comes first.
    """

    @wraps(again)
    def guarded(request: HttpRequest, why: Why, **kwargs: Any) -> HttpResponse:
        if why is Why.STALE and not is_open():
            return closed(request)
        return again(request, why, **kwargs)

    return guarded


def closed(request: HttpRequest) -> HttpResponse:
    """Show the phone number: 200 for a reader, 503 for a form that was sent, which was not taken."""
    return render(request, "booking/intake/closed.html", status=503 if request.method == "POST" else 200)
