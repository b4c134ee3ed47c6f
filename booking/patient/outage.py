"""While the database is away patients get back what they typed, and the truth about where it is.

Nothing here asks the database or a session. Sending again is safe: the version that the page was made for
goes along, so that one act is done once.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Final

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template import loader

from booking.patient.acts import ACTS, Act
from treatments import snapshot

AWAY: Final = (OperationalError, InterfaceError)
RETRY_AFTER_SECONDS: Final = "30"
View = Callable[..., HttpResponse]


def gives_back(view: View) -> View:
    """Answer an act that was sent with its own page, all it held in place, when the database fails."""

    @wraps(view)
    def guarded(request: HttpRequest, key: str) -> HttpResponse:
        try:
            return view(request, key=key)
        except AWAY:
            if request.method != "POST":
                raise
            return _not_received(request, ACTS[key])

    return guarded


def _not_received(request: HttpRequest, act: Act) -> HttpResponse:
    context = {
        "request": request,
        "csrf_token": get_token(request),
        "clinic": snapshot.latest(),
        "demo": settings.DEMO,
        "act": act,
        "form": act.form(request.POST),
        "version": request.POST.get("version", ""),
    }
    html = loader.get_template("booking/patient/not_received.html").render(context)
    return HttpResponse(html, status=503, headers={"Retry-After": RETRY_AFTER_SECONDS})
