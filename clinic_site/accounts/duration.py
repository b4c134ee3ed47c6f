"""How long a sign-in lasts: not longer than SESSION_COOKIE_AGE, however busy somebody is.

Django moves the end of a session on with every change of it, and each message to staff is one.
"""

from __future__ import annotations

import time

from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest

KEY = "signed_in_at"


@receiver(user_logged_in)
def remember(sender: object, request: HttpRequest, **kwargs: object) -> None:
    """Keep the hour of the sign-in in the session."""
    request.session[KEY] = int(time.time())


def has_run_out(request: HttpRequest) -> bool:
    """Return whether somebody is signed in for longer than that."""
    if not request.user.is_authenticated:
        return False
    return time.time() - request.session.get(KEY, 0) > settings.SESSION_COOKIE_AGE
