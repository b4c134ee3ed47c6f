"""What happens to every request before a view, and to every answer after it."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.utils import translation

from booking.models.key_check import require_proof

GetResponse = Callable[[HttpRequest], HttpResponse]

FIXED_HEADERS = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "accelerometer=(), autoplay=(), browsing-topics=(), camera=(), display-capture=(), "
        "encrypted-media=(), fullscreen=(), geolocation=(), gyroscope=(), magnetometer=(), "
        "microphone=(), midi=(), payment=(), usb=(), "
        # Passkeys of staff need these two.
        "publickey-credentials-get=(self), publickey-credentials-create=(self)"
    ),
}
HEALTH = "/health/"
PRIVATE_PATHS = ("consultation/", "my-request/", "admin/")
# The one page of a request that search engines may keep: it asks nothing yet.
REQUEST_START = "consultation/"


def refuse_nul_bytes(get_response: GetResponse) -> GetResponse:
    """Answer 400 to a NUL byte in path, query or cookie: PostgreSQL has no such character in text.

    A cookie can carry one as an octal escape in quotes (RFC 2109), which Django decodes.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        query = request.META.get("QUERY_STRING", "")
        read = (request.path_info, query, *request.COOKIES.values())
        if "%00" in query or any("\x00" in text for text in read):
            return HttpResponseBadRequest("This address cannot be read.", content_type="text/plain")
        return get_response(request)

    return middleware


class ProveKeys:
    """Let no view answer before the keys of this process are proved, but the ones that tell of its health.

    Costs two comparisons once they are. A process that started while the database was away proves them later.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Go on; the view is not known yet."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: object, kwargs: object
    ) -> None:
        """Raise KeysNotProved, which is answered with 503."""
        # A view that gives a form back proves them itself, so that what was typed is not lost.
        if not (request.path_info.startswith(HEALTH) or hasattr(view, "give_back")):
            require_proof()


def security_headers(get_response: GetResponse) -> GetResponse:
    """Add the headers that Django and django-csp do not set; keep private pages out of every cache."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        for name, value in FIXED_HEADERS.items():
            response.headers.setdefault(name, value)
        path = request.path_info.removeprefix("/").removeprefix("es/")
        if path.startswith(PRIVATE_PATHS):
            response.headers["Cache-Control"] = "no-store"
            if path != REQUEST_START:
                response.headers["X-Robots-Tag"] = "noindex"
        return response

    return middleware


def language_from_path(get_response: GetResponse) -> GetResponse:
    """Take the language from the path alone, so that a page is the same for everyone and can be cached."""

    def middleware(request: HttpRequest) -> HttpResponse:
        language = translation.get_language_from_path(request.path_info) or "en"
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = get_response(request)
            response.headers.setdefault("Content-Language", language)
            return response

    return middleware
