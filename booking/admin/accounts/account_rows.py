"""What all pages about staff accounts share: who may pass, and an account in words."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from booking.admin.base.access import actor_of, refuse
from booking.admin.base.words import staff_name
from booking.models.account import Invitation
from booking.rules.roles import MANAGE_ACCOUNTS, STAFF


def for_managers(request: HttpRequest) -> None:
    """Let managers pass; refuse everybody else, on record."""
    if not actor_of(request).roles & MANAGE_ACCOUNTS:
        refuse(request)


def all_staff() -> QuerySet[User]:
    """Return all staff accounts, with what `shown_account` needs."""
    invited = Invitation.objects.filter(account=OuterRef("pk"))
    return User.objects.filter(is_staff=True).prefetch_related("groups").annotate(is_invited=Exists(invited))


def shown_account(user: Any) -> dict[str, Any]:
    """Return an account as the pages show it; `user` comes from `all_staff`."""
    roles = {group.name for group in user.groups.all()}
    return {
        "user": user,
        "name": staff_name(user),
        "roles": [role.label for role in sorted(STAFF) if role.value in roles],
        "state": _state(user),
    }


def _state(user: Any) -> str:
    if not user.is_active:
        return _("Off")
    if user.is_invited:
        return _("Invited")
    if user.has_usable_password():
        return _("On")
    # A link needs somewhere to go; a name that only stands for somebody has neither.
    return _("No password yet") if user.email else _("Nobody signs in with it")


def account_page(
    request: HttpRequest, template: str, status: int = HTTPStatus.OK, **context: Any
) -> HttpResponse:
    """Render a page about staff accounts."""
    context = {**admin.site.each_context(request), **context}
    return render(request, f"booking/admin/accounts/{template}.html", context, status=status)
