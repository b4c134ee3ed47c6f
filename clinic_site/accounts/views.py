"""The doors of the staff workspace: sign in, sign out, and the door that stays shut."""

from __future__ import annotations

from http import HTTPStatus

from allauth.account import views
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def sign_in(request: HttpRequest) -> HttpResponse:
    """Show the sign-in form where the staff workspace is open, and a sentence after too many tries."""
    if not settings.ADMIN_OPEN:
        return shut(request)
    response = views.login(request)
    if response.status_code == HTTPStatus.TOO_MANY_REQUESTS:
        return render(request, "account/throttled.html", status=HTTPStatus.TOO_MANY_REQUESTS)
    return response


def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session by POST; GET only asks."""
    return views.logout(request) if settings.ADMIN_OPEN else shut(request)


def shut(request: HttpRequest) -> HttpResponse:
    """Say that the workspace opens on this host name once second factors are set up."""
    return render(request, "admin/shut.html", status=HTTPStatus.FORBIDDEN)
