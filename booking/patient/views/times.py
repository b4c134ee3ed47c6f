"""Choosing one of the offered times."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from booking import actions
from booking.actions import Actor
from booking.forms.form_recovery import gives_back
from booking.hours.clinicians import kept
from booking.models import Link
from booking.patient.form_recovery import accept_again, done_surely
from booking.patient.forms import NONE_SUITS, ChooseForm
from booking.patient.self_service import ME
from booking.patient.status_page import held_times, status_context
from booking.patient.views.link_session import go, opened, show, show_refusal, version_of
from booking.rules.errors import BookingError
from booking.rules.statuses import Status
from booking.rules.transitions import Verb, why_not


@require_safe
@opened
def choose(request: HttpRequest, link: Link) -> HttpResponse:
    """Lead from a chosen time to the page that asks before it is booked. Changes nothing."""
    if sentence := _refusal(link):
        return show_refusal(request, link, sentence)
    chosen = request.GET.get("time", "")
    form = ChooseForm(request.GET, times=status_context(link.request)["times"])
    if form.is_valid():
        return go("act", "none-suit") if chosen == NONE_SUITS else go("accept", UUID(chosen))
    if chosen:
        return show_refusal(request, link, _no_longer_held())
    return show(request, link, chooser=form)


@require_http_methods(["GET", "HEAD", "POST"])
@gives_back(accept_again)
@opened
def accept(request: HttpRequest, link: Link, time: UUID) -> HttpResponse:
    """Ask before a time is booked; book it on POST."""
    if request.method == "POST":
        try:
            _book(request, link, time)
        except BookingError as error:
            return show_refusal(request, link, str(error))
        return go("page")
    if sentence := _refusal(link):
        return show_refusal(request, link, sentence)
    visit = next((one for one in kept(held_times(link.request, timezone.now())) if one.pk == time), None)
    if visit is None:
        return show_refusal(request, link, _no_longer_held())
    return render(request, "booking/patient/accept.html", {"consultation": link.request, "visit": visit})


def _book(request: HttpRequest, link: Link, time: UUID) -> None:
    def do() -> None:
        actions.accept_time(link.request, time, by=Actor.patient(), seen_version=version_of(request))

    done_surely(link, {Verb.ACCEPT_TIME}, do)


def _refusal(link: Link) -> str:
    return why_not(Verb.ACCEPT_TIME, Status(link.request.status), ME)


def _no_longer_held() -> str:
    return _("We no longer hold that time. Choose another one, or call us.")
