"""Signing in and out: the only two of django-allauth's addresses that staff need."""

from __future__ import annotations

from allauth.account import views
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import path

from clinic_site.accounts.site import shut


def sign_in(request: HttpRequest) -> HttpResponse:
    """Show the sign-in form where the staff workspace is open."""
    if not settings.ADMIN_OPEN:
        return shut(request)
    return views.login(request)


urlpatterns = [
    path("sign-in/", sign_in, name="account_login"),
    path("sign-out/", views.logout, name="account_logout"),
]
