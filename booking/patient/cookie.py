"""What the browser keeps of an unlocked page: a signed key, for as long as the page stays open."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from booking.rules.tokens import OPEN_FOR

SAME_SITE: Final = "Lax"


def name() -> str:
    """Return the cookie's name. Browsers keep a __Host- cookie only over https."""
    return f"{'__Host-' if settings.HTTPS else ''}my-request"


def key_of(request: HttpRequest) -> str:
    """Return the browser's key, or ""."""
    return request.COOKIES.get(name(), "")


def give(response: HttpResponse, key: str) -> None:
    """Hand the key to the browser; the time it lasts begins anew."""
    response.set_cookie(
        name(), key, max_age=OPEN_FOR, path="/", secure=settings.HTTPS, httponly=True, samesite=SAME_SITE
    )


def take(response: HttpResponse) -> None:
    """Take the key from the browser."""
    response.delete_cookie(name(), path="/", samesite=SAME_SITE)
