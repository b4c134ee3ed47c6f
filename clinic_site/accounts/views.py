"""The doors of the staff workspace: sign in, sign out, and the door that stays shut."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any
from zoneinfo import ZoneInfo

from allauth.account import views
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.views import remove_webauthn
from allauth.usersessions.models import UserSession
from allauth.usersessions.views import list_usersessions
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from clinic_site.accounts import form_recovery
from clinic_site.accounts.session_timeout import (
    by_a_script,
    has_run_out,
    keep_awake,
    seconds_left,
    sign_of_life,
)
from treatments.clinic.clinic import clinic_facts

View = Callable[..., HttpResponse]


def guarded(view: View) -> View:
    """Keep a staff page shut where it must be, end a sign-in that ran out, and tell the clinic's time."""

    @wraps(view)
    def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.ADMIN_OPEN:
            return shut(request)
        if has_run_out(request):
            if by_a_script(request):
                # It ends no session: another script may be on its way with what was typed there.
                return HttpResponse(status=HTTPStatus.UNAUTHORIZED)
            form_recovery.end(request)
        if words := form_recovery.sent_too_late(request):
            return form_recovery.after_sign_in(request, words)
        if request.user.is_authenticated:
            sign_of_life(request)
        return form_recovery.fill_in_recovered(request, in_clinic_time(view)(request, *args, **kwargs))

    return door


def in_clinic_time(view: View) -> View:
    """Let a view, and the template that it renders, read and show times as the clinic's clock does."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        facts = clinic_facts()
        with timezone.override(ZoneInfo(facts.time_zone) if facts else timezone.get_default_timezone()):
            response = view(request, *args, **kwargs)
            render = getattr(response, "render", None)
            return render() if render else response

    return wrapped


@guarded
def sign_in(request: HttpRequest) -> HttpResponse:
    """Show the sign-in form."""
    response: HttpResponse = views.login(request)
    return response


@guarded
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session by POST; GET only asks."""
    response: HttpResponse = views.logout(request)
    return response


@guarded
def sessions(request: HttpRequest) -> HttpResponse:
    """List where somebody is signed in; POST ends all but this one."""
    if request.user.is_authenticated:
        # A change of the password gives the session a new key.
        UserSession.objects.create_from_request(request)
    response: HttpResponse = list_usersessions(request)
    return response


@guarded
def remove_passkey(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a passkey; the last factor stays where one is required."""
    if request.user.is_authenticated:
        passkey = get_object_or_404(Authenticator, pk=pk, user=request.user, type=Authenticator.Type.WEBAUTHN)
        if not get_adapter().can_delete_authenticator(passkey):
            return redirect("mfa_index")
    response: HttpResponse = remove_webauthn(request, pk=pk)
    return response


@require_http_methods(["GET", "POST"])
def awake(request: HttpRequest) -> HttpResponse:
    """Tell a script how many seconds are left; POST, a person's own act, begins them anew.

    It ends no session: the script asks just before it brings what was typed to where it is kept.
    """
    if not settings.ADMIN_OPEN:
        return shut(request)
    if not request.user.is_authenticated or has_run_out(request):
        return HttpResponse(status=HTTPStatus.UNAUTHORIZED)
    if request.method == "POST":
        keep_awake(request)
    return JsonResponse({"left": seconds_left(request)})


@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """End a session for a script whose time is up, and keep what stood in a form; do nothing with it."""
    if not settings.ADMIN_OPEN:
        return shut(request)
    post = request.POST.copy()
    page, action = (post.pop(name, [""])[-1] for name in ("page_", "action_"))
    if request.user.is_authenticated:
        form_recovery.end(request)
    words = form_recovery.read(post, page=page, action=action)
    return form_recovery.after_sign_in(request, words) if words else redirect("account_login")


def shut(request: HttpRequest) -> HttpResponse:
    """Say that the workspace opens over https."""
    return render(request, "admin/shut.html", status=HTTPStatus.FORBIDDEN)


def throttled(request: HttpRequest) -> HttpResponse:
    """Say that there were too many tries."""
    return render(request, "account/throttled.html", status=HTTPStatus.TOO_MANY_REQUESTS)
