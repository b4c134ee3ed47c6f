"""How long a sign-in lasts: a working day at the most, and a quarter of an hour without a sign of life.

Django moves the end of a session on with every change of it, and each message to staff is one: so both limits
are kept by us, in the session.
"""

from __future__ import annotations

import time

from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest

BEGAN, SEEN = "signed_in_at", "seen_at"
# A sign of life is kept once a minute: not every page shall write.
KEPT_EVERY = 60
# How long before the end a script warns (WCAG 2.2, 2.2.1: at least 20 seconds).
WARN_SECONDS = 2 * 60


@receiver(user_logged_in)
def remember(sender: object, request: HttpRequest, **kwargs: object) -> None:
    """Keep the hour of the sign-in in the session."""
    request.session[BEGAN] = request.session[SEEN] = int(time.time())


def has_run_out(request: HttpRequest) -> bool:
    """Return whether somebody is signed in for too long, or was quiet for too long."""
    return request.user.is_authenticated and seconds_left(request) <= 0


def seconds_left(request: HttpRequest) -> int:
    """Return after how many seconds a sign-in ends when nothing more happens."""
    began, seen = request.session.get(BEGAN, 0), request.session.get(SEEN, 0)
    end = min(began + settings.SESSION_COOKIE_AGE, seen + settings.SESSION_QUIET_SECONDS)
    return int(end - time.time())


def for_scripts() -> dict[str, int]:
    """Return when a page first asks how long it has, and how long before the end it warns, in seconds."""
    after = settings.SESSION_QUIET_SECONDS - WARN_SECONDS
    return {"after": after, "warn": WARN_SECONDS, "minutes": round(WARN_SECONDS / 60)}


def by_a_script(request: HttpRequest) -> bool:
    """Return whether a script fetches this by itself (Fetch Metadata: destination "empty")."""
    return request.headers.get("Sec-Fetch-Dest") == "empty"


def sign_of_life(request: HttpRequest) -> None:
    """Begin the quiet time anew, for a page that a person asked for."""
    if not by_a_script(request) and time.time() - request.session.get(SEEN, 0) >= KEPT_EVERY:
        keep_awake(request)


def keep_awake(request: HttpRequest) -> None:
    """Begin the quiet time anew."""
    request.session[SEEN] = int(time.time())
