"""Staff accounts, for managers: the list, an invitation, one account and what was done with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from booking.actions import staff_accounts
from booking.admin.account_forms import InviteForm, RolesForm
from booking.admin.door import actor_of, refuse
from booking.admin.words import staff_name
from booking.models.account import AccountEvent, Invitation
from booking.rules.errors import BookingError
from booking.rules.roles import MANAGE_ACCOUNTS, STAFF

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
        gettext_lazy("They are signed out at once. The history keeps their name; nothing is deleted."),
        gettext_lazy("Switched off."),
        danger=True,
    ),
    "enable": Act(
        staff_accounts.enable,
        gettext_lazy("Switch on"),
        gettext_lazy("They can sign in again, with the roles they had."),
        gettext_lazy("Switched on."),
    ),
}


def accounts(http: HttpRequest) -> HttpResponse:
    """Show all staff accounts, those switched on first."""
    _for_managers(http)
    found = _staff().order_by("-is_active", "first_name", "last_name", "username")
    return _page(http, "accounts", title=_("Staff accounts"), accounts=[_shown(user) for user in found])


def invite(http: HttpRequest) -> HttpResponse:
    """Make an account and send its holder the link."""
    _for_managers(http)
    form = InviteForm(http.POST if http.method == "POST" else None)
    if form.is_valid():
        try:
            made = staff_accounts.invite(form.person, form.cleaned_data["roles"], by=actor_of(http))
        except BookingError as error:
            form.add_error("username", str(error))
        else:
            messages.success(http, _("Invited. The link goes to %(email)s.") % {"email": made.email})
            return redirect("staff:account", made.pk)
    return _page(http, "invite", title=_("Invite a colleague"), form=form)


def account(http: HttpRequest, pk: int) -> HttpResponse:
    """Show one account and what was done with it; POST chooses its roles."""
    _for_managers(http)
    user = get_object_or_404(_staff(), pk=pk)
    form = RolesForm(
        http.POST if http.method == "POST" else None,
        initial={"roles": [group.name for group in user.groups.all()]},
    )
    sentence = ""
    if form.is_valid():
        try:
            staff_accounts.set_roles(user, form.cleaned_data["roles"], by=actor_of(http))
        except BookingError as error:
            sentence = str(error)
        else:
            messages.success(http, _("Roles changed."))
            return redirect("staff:account", pk)
    return _one(http, user, form, sentence)


def act(http: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Ask before an act, do it by POST."""
    _for_managers(http)
    user, asked, sentence = get_object_or_404(_staff(), pk=pk), ACTS[name], ""
    if http.method == "POST":
        try:
            asked.verb(user, by=actor_of(http))
        except BookingError as error:
            sentence = str(error)
        else:
            messages.success(http, str(asked.done))
            return redirect("staff:account", pk)
    context = {"title": asked.title, "act": asked, "sentence": sentence, "shown": _shown(user)}
    return _page(http, "act", HTTPStatus.CONFLICT if sentence else HTTPStatus.OK, **context)


def _for_managers(http: HttpRequest) -> None:
    """Let managers pass; refuse everybody else, on record."""
    if not actor_of(http).roles & MANAGE_ACCOUNTS:
        refuse(http)


def _staff() -> QuerySet[User]:
    invited = Invitation.objects.filter(account=OuterRef("pk"))
    return User.objects.filter(is_staff=True).prefetch_related("groups").annotate(is_invited=Exists(invited))


def _shown(user: Any) -> dict[str, Any]:
    """Return an account as the pages show it; `user` comes from `_staff`."""
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
    return _("On") if user.has_usable_password() else _("No password yet")


def _one(http: HttpRequest, user: User, form: RolesForm, sentence: str) -> HttpResponse:
    acts = AccountEvent.objects.filter(account=user).select_related("user")[:LATEST_ACTS]
    context = {
        "title": staff_name(user),
        "shown": _shown(user),
        "form": form,
        "sentence": sentence,
        "acts": [{"event": event, "who": staff_name(event.user)} for event in acts],
        "is_me": user == actor_of(http).user,
    }
    return _page(http, "account", HTTPStatus.CONFLICT if sentence else HTTPStatus.OK, **context)


def _page(http: HttpRequest, template: str, status: int = HTTPStatus.OK, **context: Any) -> HttpResponse:
    context = {**admin.site.each_context(http), **context}
    return render(http, f"admin/booking/staff/{template}.html", context, status=status)


def _guarded(view: Any) -> Any:
    return admin.site.admin_view(view)


urlpatterns = [
    path("", _guarded(accounts), name="accounts"),
    path("invite/", _guarded(invite), name="invite"),
    path("<int:pk>/", _guarded(account), name="account"),
    *[path(f"<int:pk>/{name}/", _guarded(act), {"name": name}, name=name) for name in ACTS],
]
