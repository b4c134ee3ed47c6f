"""Who signed in, and who was refused, goes on the record that managers read."""

from __future__ import annotations

from http import HTTPStatus

from allauth.account.internal.stagekit import get_pending_stage
from allauth.account.signals import user_logged_in
from allauth.mfa.base import views
from django.contrib.auth.models import User
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse

from booking.actions.staff_accounts import record_sign_in


@receiver(user_logged_in)
def signed_in(sender: object, user: User, **kwargs: object) -> None:
    """Write down a sign-in. No record, no sign-in: an error of the database passes through."""
    record_sign_in(user)


def second_step(request: HttpRequest) -> HttpResponse:
    """Ask for the second step; one that does not fit is on record: the password did."""
    stage = get_pending_stage(request)
    answer: HttpResponse = views.authenticate(request)
    if stage and request.method == "POST" and answer.status_code == HTTPStatus.OK:
        record_sign_in(stage.login.user, refused=True)
    return answer


def was_refused(request: HttpRequest) -> None:
    """Write down that somebody who is signed in was refused a page of the workspace."""
    from booking.admin.base.access import record_refusal  # registering its models needs the admin site first

    if request.user.is_authenticated:
        record_refusal(request)
