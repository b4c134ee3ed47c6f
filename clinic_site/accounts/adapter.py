"""How django-allauth behaves here."""

from __future__ import annotations

import time
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from booking.actions.staff_accounts import record_sign_in
from clinic_site.accounts.session_timeout import BEGAN

# Whoever has just signed in need not do it again to change how they sign in.
FRESH_SECONDS = 10 * 60


class StaffAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Accounts are made by a manager: nobody signs up. No sentence tells whether an account exists."""

    error_messages: ClassVar = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("The username or the password does not match. Type both again."),
        "too_many_login_attempts": _("Too many tries that did not match. Wait 5 minutes, then try again."),
        "rate_limited": _("Too many tries that did not match. Wait 5 minutes, then try again."),
        "incorrect_password": _("The password does not match. Type it again."),
    }

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """Return the member of staff, or None: one switched off, or not staff, is as good as unknown."""
        user: User | None = super().authenticate(request, **credentials)
        if user and user.is_active and user.is_staff:
            return user
        tried = User.objects.filter(username__iexact=credentials.get("username", ""), is_staff=True).first()
        if tried:
            record_sign_in(tried, refused=True)
        return None

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return False, always."""
        return False

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Return whether the password is asked for again before a change of how somebody signs in."""
        began: float = self.request.session.get(BEGAN, 0)
        return time.time() - began > FRESH_SECONDS

    def add_message(self, *args: object, **kwargs: object) -> None:
        """Say nothing: the page that comes next shows that somebody is signed in or out."""
