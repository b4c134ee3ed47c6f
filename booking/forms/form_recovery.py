"""A form shown again as it was typed, because it could not be taken: nothing is lost, nothing untrue is said.

Nothing here asks the database, a session or a user. Sending again is safe: what makes one request or one act
of many presses (the browser's key, the version that the page was made for) goes along.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from functools import wraps
from typing import Any, Final

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template import loader

from booking.models.key_check import require_proof
from treatments.clinic import snapshot

AWAY: Final = (OperationalError, InterfaceError)
RETRY_AFTER_SECONDS: Final = "30"
View = Callable[..., HttpResponse]


class Unsure(OperationalError):
    """The connection broke while something was being kept, and no other one could be had to look."""


class Why(Enum):
    """Why a form was not taken."""

    AWAY = "the database is away"
    UNSURE = "nobody can tell yet whether it was"
    STALE = "its token is old or missing"


def gives_back(again: View) -> Callable[[View], View]:
    """Make a view answer a form that it cannot take with `again(request, why, **kwargs)`.

    While the database is away, or the keys are not proved, this happens here. A form with an old token never
    reaches the view: clinic_site.errors asks for the view's `give_back`.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            try:
                require_proof()
                return view(request, **kwargs)
            except AWAY as error:
                if request.method != "POST":
                    raise
                return again(request, Why.UNSURE if isinstance(error, Unsure) else Why.AWAY, **kwargs)

        def give_back(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            try:
                return again(request, Why.STALE, **kwargs)
            except AWAY:
                return again(request, Why.AWAY, **kwargs)

        guarded.give_back = give_back  # type: ignore[attr-defined]
        return guarded

    return guard


def recovery_page(request: HttpRequest, why: Why, template: str, context: dict[str, Any]) -> HttpResponse:
    """Return the page with the form: 403 with a fresh token for an old one, otherwise 503."""
    known = {
        "request": request,
        "csrf_token": get_token(request),
        "clinic": snapshot.latest(),
        "demo": settings.DEMO,
        "not_received": why.name,
    }
    html = loader.get_template(template).render(known | context)
    if why is Why.STALE:
        return HttpResponse(html, status=403)
    return HttpResponse(html, status=503, headers={"Retry-After": RETRY_AFTER_SECONDS})
