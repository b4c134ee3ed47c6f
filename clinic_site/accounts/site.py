"""The admin site: sign-in by django-allauth, and a door that stays shut where it must."""

from __future__ import annotations

from allauth.account.decorators import secure_admin_login
from django.conf import settings
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


class StaffAdminSite(AdminSite):
    """Django's admin, signed in to through django-allauth."""

    site_title = "Staff"
    enable_nav_sidebar = False

    def login(self, request: HttpRequest, extra_context: dict[str, object] | None = None) -> HttpResponse:
        """Send to the sign-in page, or say why nobody can sign in here yet."""
        if not settings.ADMIN_OPEN:
            return shut(request)
        return secure_admin_login(super().login)(request, extra_context)

    def has_permission(self, request: HttpRequest) -> bool:
        """Refuse everyone while the door is shut, whatever their session says."""
        return bool(settings.ADMIN_OPEN) and super().has_permission(request)


def shut(request: HttpRequest) -> HttpResponse:
    """Say that the workspace opens on this host name once second factors can be set up."""
    return render(request, "admin/shut.html", status=403)
