"""How django-allauth behaves here."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class StaffAccountAdapter(DefaultAccountAdapter):
    """Accounts are made by a manager: nobody signs up. No sentence tells whether an account exists."""

    error_messages: ClassVar = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("The username or the password does not match. Type both again."),
        "too_many_login_attempts": _("Too many tries that did not match. Wait 5 minutes, then try again."),
    }

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """Return the member of staff, or None: one switched off, or not staff, is as good as unknown."""
        user: User | None = super().authenticate(request, **credentials)
        return user if user and user.is_active and user.is_staff else None

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return False, always."""
        return False

    def add_message(self, *args: object, **kwargs: object) -> None:
        """Say nothing: the page that comes next shows that somebody is signed in or out."""
