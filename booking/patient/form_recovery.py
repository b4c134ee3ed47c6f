"""What was sent to these pages and could not be taken is shown again; what became of a broken commit."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from booking.forms.form_recovery import AWAY, Unsure, Why, recovery_page
from booking.forms.section import SectionForm
from booking.models import ConsultationRequest, Link
from booking.patient.forms import RenewForm, UnlockForm
from booking.patient.self_service import ACTS
from booking.rules.roles import Role
from booking.rules.transitions import Verb


def done_surely(link: Link, verbs: Iterable[Verb], do: Callable[[], object]) -> None:
    """Do an act. When the connection breaks amid it, look on a new one whether it was done.

    Raises the first error where it certainly was not, and Unsure where nobody can look.
    """
    began, held = timezone.now(), connection.connection
    try:
        do()
    except AWAY:
        # On the same connection the server itself refused, and rolled everything back. Django may have made
        # another one meanwhile.
        refused = held is not None and held is connection.connection and connection.is_usable()
        if refused or not _was_done(link, verbs, began):
            raise


def _was_done(link: Link, verbs: Iterable[Verb], began: datetime) -> bool:
    """Return whether the patient's event is there; the lock waits for a commit that is still under way."""
    try:
        connection.close()
        with transaction.atomic():
            consultation = ConsultationRequest.objects.select_for_update().get(pk=link.request_id)
            mine = consultation.events.filter(actor=Role.PATIENT, verb__in=verbs, at__gte=began)
            return mine.exists()
    except AWAY as error:
        raise Unsure from error


def accept_again(request: HttpRequest, why: Why, time: UUID) -> HttpResponse:
    """Show the button that books a time; which one, the address knows."""
    title, button = _("Book this time?"), _("Book this time")
    return _again(request, why, SectionForm(request.POST), title, button)


def act_again(request: HttpRequest, why: Why, key: str) -> HttpResponse:
    """Show an act's form."""
    act = ACTS[key]
    return _again(request, why, act.form(request.POST), act.title, act.button)


def message_again(request: HttpRequest, why: Why) -> HttpResponse:
    """Show the message that was being written; its button sends it."""
    act = ACTS["write"]
    place = reverse("patient:act", args=[act.key])
    return _again(request, why, act.form(request.POST), act.title, act.button, place)


def door_again(request: HttpRequest, why: Why, token: str) -> HttpResponse:
    """Show the question at the door, whether or not the link opens anything."""
    return _again(request, why, UnlockForm(request.POST), _("Open my request"), _("Open my request"))


def lock_again(request: HttpRequest, why: Why) -> HttpResponse:
    """Show the button that locks the page."""
    return _again(request, why, SectionForm(request.POST), _("Lock this page"), _("Lock this page"))


def renew_again(request: HttpRequest, why: Why) -> HttpResponse:
    """Show what a new link is asked for with."""
    return _again(request, why, RenewForm(request.POST), _("Get a new link"), _("Send me a new link"))


def _again(
    request: HttpRequest,
    why: Why,
    form: SectionForm,
    title: str | Promise,
    button: str | Promise,
    place: str = "",
) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "title": title,
        "button": button,
        "version": request.POST.get("version", ""),
        "takes_language": True,
        "only_a_button": not form.fields,
        "home": place or request.path,
    }
    return recovery_page(request, why, "booking/patient/not_received.html", context)
