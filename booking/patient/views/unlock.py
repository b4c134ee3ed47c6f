"""The door: a link, the birth date that opens it, a new link, and locking the page."""

from __future__ import annotations

from typing import Final

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from booking import actions
from booking.forms.client_network import network_of
from booking.forms.form_recovery import gives_back
from booking.models import Link
from booking.patient import cookie
from booking.patient.form_recovery import door_again, lock_again, renew_again
from booking.patient.forms import RenewForm, UnlockForm
from booking.patient.views.link_session import LANGUAGE, go, in_clinic_time
from booking.rules.errors import LinkGone, LinkRests, WrongBirthDate
from booking.rules.tokens import tries_left

RETRY_AFTER_SECONDS: Final = "3600"


@require_http_methods(["GET", "HEAD", "POST"])
@gives_back(door_again)
@in_clinic_time
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for the birth date; open the page on POST when it is right. Nothing here tells whose link it is."""
    tries = request.method == "POST" and LANGUAGE not in request.POST
    if tries and not actions.may_try_birth_date(network_of(request)):
        return too_many(request)
    link = actions.find_link(token)
    if link is None:
        return gone(request)
    if request.method != "POST":
        return go("page") if _is_open(request, link) else _door(request, link)
    if LANGUAGE in request.POST:
        return _door(request, link, UnlockForm(initial=UnlockForm().typed(request.POST)))
    form = UnlockForm(request.POST)
    if link.is_resting(link.read_at) or not form.is_valid():
        return _door(request, link, form)
    return _try(request, token, link, form)


def _is_open(request: HttpRequest, link: Link) -> bool:
    """Return whether this browser has the same request open already, by the link of another message."""
    already = actions.opened_link(cookie.key_of(request))
    return already is not None and already.request_id == link.request_id


def _try(request: HttpRequest, token: str, link: Link, form: UnlockForm) -> HttpResponse:
    try:
        found = actions.unlock(token, form.cleaned_data["birth_date"])
    except LinkGone:
        return gone(request)
    except (LinkRests, WrongBirthDate) as error:
        link.refresh_from_db()
        form.add_error("birth_date", ValidationError(str(error), code="month"))
        return _door(request, link, form)
    response = go("page")
    cookie.give(response, found.key)
    return response


def _door(request: HttpRequest, link: Link, form: UnlockForm | None = None) -> HttpResponse:
    if link.is_resting(link.read_at):
        return render(request, "booking/patient/rests.html", {"until": link.rests_until}, status=429)
    context = {"form": form or UnlockForm(), "left": tries_left(link.wrong_tries), "takes_language": True}
    return render(request, "booking/patient/open.html", context)


def gone(request: HttpRequest) -> HttpResponse:
    """404, the same whether a link never was, ran out or was shut."""
    return render(request, "booking/patient/gone.html", status=404)


def too_many(request: HttpRequest) -> HttpResponse:
    """429, the same whatever was typed and whatever is known; the page gives the phone number."""
    response = render(request, "booking/patient/too_many.html", status=429)
    response.headers["Retry-After"] = RETRY_AFTER_SECONDS
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@gives_back(renew_again)
def renew(request: HttpRequest) -> HttpResponse:
    """Ask for reference and e-mail; the answer is the same whether they belong together or not."""
    if LANGUAGE in request.POST:
        return _renew(request, RenewForm(initial=RenewForm().typed(request.POST)))
    form = RenewForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _renew(request, form)
    if not actions.may_ask_for_link(network_of(request)):
        return too_many(request)
    actions.renew_link(form.cleaned_data["reference"], form.cleaned_data["email"])
    return go("renewed")


def _renew(request: HttpRequest, form: RenewForm) -> HttpResponse:
    return render(request, "booking/patient/renew.html", {"form": form, "takes_language": True})


@require_safe
def renewed(request: HttpRequest) -> HttpResponse:
    """Say what happens now."""
    return render(request, "booking/patient/renewed.html")


@require_http_methods(["GET", "HEAD", "POST"])
@gives_back(lock_again)
def lock(request: HttpRequest) -> HttpResponse:
    """Lock the page on POST, in every browser that this link opened; a GET leads to it and no more."""
    response = go("page")
    if request.method == "POST":
        actions.lock(cookie.key_of(request))
        cookie.take(response)
    return response
