"""Error pages. None of them needs the database, a session or a user."""

from __future__ import annotations

import sys
from typing import Final

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.utils import translation

from booking.models.key_check import KeysNotProved
from clinic_site.accounts.form_recovery import after_failed_check
from clinic_site.accounts.sign_in_audit import was_refused
from clinic_site.staff_errors import TEMPLATE, WORKSPACE, words_of
from treatments.clinic import snapshot
from treatments.clinic.clinic import clinic_facts
from treatments.pages import menu

RETRY_AFTER_SECONDS = "30"
# What is sent there leads to a page and to nothing else.
KEEPS_NOTHING: Final = frozenset({"treatments:candidate"})


def page(request: HttpRequest, status: int, template: str | None = None) -> HttpResponse:
    """Render an error page in the language of the path, with the clinic's phone from the snapshot."""
    language = translation.get_language_from_path(request.path_info) or "en"
    with translation.override(language):
        # What failed may be the database, so a failure asks only what this machine remembers.
        facts = snapshot.latest() if status >= 500 else clinic_facts()
        links = menu.last_known() if status >= 500 else menu.menu()
        context: dict[str, object] = {"clinic": facts, "menu": links, "LANGUAGE_CODE": language}
        context |= {"status": status, "path": request.path, "sent_to": _may_be_stored_at(request)}
        name = template or f"{status}.html"
        if words := words_of(name, request.path_info):
            name, context = TEMPLATE, context | vars(words)
        html = loader.get_template(name).render(context)
    return HttpResponse(html, status=status, headers={"Cache-Control": "no-store"})


def _may_be_stored_at(request: HttpRequest) -> str:
    """Return which pages a form was sent to that may be stored although its answer did not come, or ""."""
    match = request.resolver_match
    if request.method != "POST" or (match and match.view_name in KEEPS_NOTHING):
        return ""
    return "my-request" if match and match.namespace == "patient" else "request"


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404."""
    return page(request, 404)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    return page(request, 403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form that was open too long, or a browser that keeps no cookies.

    What was typed comes back with a fresh token where the view knows how (`give_back`), but only to a form of
    this site: no other one may have its words shown here.
    """
    match = request.resolver_match
    give_back = getattr(match.func, "give_back", None) if match else None
    if was_sent_from_here(request):
        if match and give_back:
            answer: HttpResponse = give_back(request, **match.kwargs)
            return answer
        if back := after_failed_check(request):
            return back
    if request.path.startswith(WORKSPACE):
        was_refused(request)
    return page(request, 403, "403_csrf.html")


def was_sent_from_here(request: HttpRequest) -> bool:
    """Return whether the browser says that one of our own pages sent this.

    Fetch Metadata (W3C, 2021) and Origin (RFC 6454): no page can write these headers itself.
    """
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site not in (None, "same-origin"):
        return False
    return origin == f"{request.scheme}://{request.get_host()}" if origin else site is not None


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400."""
    return page(request, 400, "404.html")


def server_error(request: HttpRequest) -> HttpResponse:
    """500; or 503 when what failed is the database, which comes back by itself."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return service_unavailable(request)
    return page(request, 500)


def service_unavailable(request: HttpRequest) -> HttpResponse:
    """503 with a hint when to come back."""
    refused = isinstance(sys.exc_info()[1], KeysNotProved) and _may_be_stored_at(request)
    response = page(request, 503, "503_not_received.html" if refused else None)
    response.headers["Retry-After"] = RETRY_AFTER_SECONDS
    return response
