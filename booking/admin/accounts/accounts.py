"""Staff accounts, for managers: the list, an invitation, one account and what was done with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final

from allauth.account.decorators import reauthentication_required
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from booking.actions import staff_accounts
from booking.actions.staff_details import DETAILS, change_details
from booking.admin.accounts.account_forms import DetailsForm, InviteForm, RolesForm
from booking.admin.accounts.account_rows import account_page, all_staff, for_managers, shown_account
from booking.admin.base.access import actor_of
from booking.admin.base.words import staff_name
from booking.models.account import AccountAct, AccountEvent
from booking.rules.errors import BookingError

app_name = "staff"
LATEST_ACTS: Final = 50


@dataclass(frozen=True)
class Act:
    """An act that is asked for on a page of its own first: its verb and its words."""

    verb: Callable[..., None]
    title: str | Promise
    lead: str | Promise
    done: str | Promise
    danger: bool = False
    at_once: bool = False  # without asking who is there


ACTS: Final = {
    "reset": Act(
        staff_accounts.reset_sign_in,
        gettext_lazy("Reset sign-in"),
        gettext_lazy("Password, second step and sessions end now. A link to choose a new password is sent."),
        gettext_lazy("Sign-in reset. A link to choose a new password goes out."),
    ),
    "disable": Act(
        staff_accounts.disable,
        gettext_lazy("Switch off"),
        gettext_lazy(
            "They are signed out at once, and their calendar address ends. The history keeps their name."
        ),
        gettext_lazy("Switched off."),
        danger=True,
        at_once=True,
    ),
    "enable": Act(
        staff_accounts.enable,
        gettext_lazy("Switch on"),
        gettext_lazy("They can sign in again, with the roles they had."),
        gettext_lazy("Switched on."),
    ),
}


def accounts(request: HttpRequest) -> HttpResponse:
    """Show all staff accounts, those switched on first."""
    for_managers(request)
    found = all_staff().order_by("-is_active", "first_name", "last_name", "username")
    return account_page(
        request, "accounts", title=_("Staff accounts"), accounts=[shown_account(user) for user in found]
    )


def invite(request: HttpRequest) -> HttpResponse:
    """Make an account and send its holder the link, by a manager who has just shown who they are."""
    for_managers(request)
    response: HttpResponse = _invite(request)
    return response


# Whoever makes accounts, gives roles or chooses where links go can come in as somebody else: not for a screen
# that was left open. Switching off only takes away, and must be quick.
@reauthentication_required
def _invite(request: HttpRequest) -> HttpResponse:
    form = InviteForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            made = staff_accounts.invite(form.person, form.cleaned_data["roles"], by=actor_of(request))
        except BookingError as error:
            form.add_error("username", str(error))
        else:
            messages.success(request, _("Invited. The link goes to %(email)s.") % {"email": made.email})
            return redirect("staff:account", made.pk)
    return account_page(request, "invite", title=_("Invite a colleague"), form=form)


def account(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one account and what was done with it; POST chooses its roles."""
    for_managers(request)
    user = get_object_or_404(all_staff(), pk=pk)
    form = RolesForm(
        request.POST if request.method == "POST" else None,
        initial={"roles": [group.name for group in user.groups.all()]},
    )
    return _choose_roles(request, user, form) if form.is_valid() else _one(request, user, form, "")


@reauthentication_required
def _choose_roles(request: HttpRequest, user: User, form: RolesForm) -> HttpResponse:
    try:
        staff_accounts.set_roles(user, form.cleaned_data["roles"], by=actor_of(request))
    except BookingError as error:
        return _one(request, user, form, str(error))
    messages.success(request, _("Roles changed."))
    return redirect("staff:account", user.pk)


def details(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a colleague's name or address, by a manager who has just shown who they are."""
    for_managers(request)
    response: HttpResponse = _details(request, get_object_or_404(all_staff(), pk=pk))
    return response


@reauthentication_required
def _details(request: HttpRequest, user: User) -> HttpResponse:
    initial = {name: getattr(user, name) for name in DETAILS}
    form, sentence = DetailsForm(request.POST if request.method == "POST" else None, initial=initial), ""
    if form.is_valid():
        try:
            change_details(user, form.person, by=actor_of(request))
        except BookingError as error:
            sentence = str(error)
        else:
            messages.success(request, _("Changed. They are told by email."))
            return redirect("staff:account", user.pk)
    context = {"title": _("Name and email"), "form": form, "sentence": sentence, "shown": shown_account(user)}
    return account_page(request, "details", HTTPStatus.CONFLICT if sentence else HTTPStatus.OK, **context)


def act(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Ask before an act, do it by POST."""
    for_managers(request)
    user, asked = get_object_or_404(all_staff(), pk=pk), ACTS[name]
    do = _act if asked.at_once else reauthentication_required(_act)
    answer: HttpResponse = do(request, user, asked)
    return answer


def _act(request: HttpRequest, user: User, asked: Act) -> HttpResponse:
    sentence = ""
    if request.method == "POST":
        try:
            asked.verb(user, by=actor_of(request))
        except BookingError as error:
            sentence = str(error)
        else:
            messages.success(request, str(asked.done))
            return redirect("staff:account", user.pk)
    context = {"title": asked.title, "act": asked, "sentence": sentence, "shown": shown_account(user)}
    return account_page(request, "act", HTTPStatus.CONFLICT if sentence else HTTPStatus.OK, **context)


def _one(request: HttpRequest, user: User, form: RolesForm, sentence: str) -> HttpResponse:
    acts = AccountEvent.objects.filter(account=user).select_related("user")[:LATEST_ACTS]
    context = {
        "title": staff_name(user),
        "shown": shown_account(user),
        "form": form,
        "sentence": sentence,
        "acts": [{"event": event, "who": _who(event)} for event in acts],
        "is_me": user == actor_of(request).user,
    }
    return account_page(request, "account", HTTPStatus.CONFLICT if sentence else HTTPStatus.OK, **context)


def _who(event: AccountEvent) -> str:
    return _("Somebody") if event.act == AccountAct.REFUSED else staff_name(event.user)


def _guarded(view: Any) -> Any:
    return admin.site.admin_view(view)


urlpatterns = [
    path("", _guarded(accounts), name="accounts"),
    path("invite/", _guarded(invite), name="invite"),
    path("<int:pk>/", _guarded(account), name="account"),
    path("<int:pk>/details/", _guarded(details), name="details"),
    *[path(f"<int:pk>/{name}/", _guarded(act), {"name": name}, name=name) for name in ACTS],
]
