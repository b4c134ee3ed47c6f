"""Where the one-time link of a staff account leads: GET shows a form, POST chooses the password."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters

from booking.actions import staff_accounts
from booking.forms.section import SectionForm
from booking.models import Invitation
from booking.rules.errors import NotPossible
from clinic_site.accounts.views import guarded


class PasswordForm(SectionForm):
    """A password that is long, not among the common ones, and typed twice alike."""

    password = forms.CharField(
        label=_("New password"),
        help_text=_("15 characters or more. Four random words are easy to keep in mind."),
        strip=False,
        max_length=256,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _("Enter a password")},
    )
    again = forms.CharField(
        label=_("The same password again"),
        strip=False,
        max_length=256,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _("Enter the password again")},
    )

    def __init__(self, *args: Any, account: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = account

    def clean_password(self) -> str:
        """Return the password. Raises ValidationError for a short or common one."""
        password: str = self.cleaned_data["password"]
        validate_password(password, self.account)
        return password

    def clean(self) -> None:
        """Compare both."""
        password, again = self.cleaned_data.get("password"), self.cleaned_data.get("again")
        if password and again and password != again:
            self.add_error("again", _("The two passwords differ"))


@sensitive_post_parameters()
@guarded
def welcome(request: HttpRequest, token: str) -> HttpResponse:
    """Let whoever holds the link choose a password; a link that is used, unknown or late reads alike."""
    invitation = Invitation.objects.by_token(token).select_related("account").first()
    if invitation is None:
        return render(request, "account/set_password.html", status=HTTPStatus.GONE)
    form = PasswordForm(request.POST if request.method == "POST" else None, account=invitation.account)
    if form.is_valid():
        try:
            staff_accounts.welcome(token, form.cleaned_data["password"])
        except NotPossible:
            return render(request, "account/set_password.html", status=HTTPStatus.GONE)
        return redirect("account_login")
    context = {"form": form, "username": invitation.account.get_username()}
    return render(request, "account/set_password.html", context)
