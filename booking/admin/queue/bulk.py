"""Several requests at once: each by its own verb, after a page that says what will change and what cannot."""

from __future__ import annotations

import uuid
from contextlib import suppress
from dataclasses import dataclass
from typing import cast

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from booking import actions
from booking.actions import Actor
from booking.admin.base.access import actor_of, record, refuse
from booking.admin.base.words import staff_name
from booking.admin.lists.ageing import Ageing, ageing
from booking.admin.lists.filters import Filters
from booking.admin.queue.bulk_kinds import BULKS, AssignAll, Bulk
from booking.admin.queue.listing import ROWS
from booking.admin.reading.rows import shown_name
from booking.admin.reading.steps import not_now
from booking.forms.section import SectionForm
from booking.hours.clinic import calendar
from booking.models import ConsultationRequest
from booking.models.access import Look
from booking.rules.errors import BookingError, NotAllowed
from booking.rules.transitions import TRANSITIONS, Verb


@dataclass(frozen=True)
class Picked:
    """One checked request: how it stands, and why it cannot be changed, "" when it can."""

    request: ConsultationRequest
    name: str
    ageing: Ageing
    now: str
    reason: str


def bulk(request: HttpRequest) -> HttpResponse:
    """Show what will change; with `confirmed`, do it."""
    what = BULKS.get(request.POST.get("do", ""))
    if what is None or not _picks(request):
        record(request, Look.LIST)
        messages.info(request, _("Check some requests first, then choose what to do with them."))
        return redirect(_back(request))
    if not TRANSITIONS[what.verb].actors & actor_of(request).roles:
        refuse(request)
    record(request, Look.LIST)
    confirmed = "confirmed" in request.POST
    form = what.form(request.POST if confirmed else None)
    if isinstance(form, AssignAll):
        form.offer(cast("User", request.user))
    return _do(request, what, form) if confirmed and form.is_valid() else _show(request, what, form)


def _show(request: HttpRequest, what: Bulk, form: SectionForm) -> HttpResponse:
    by = actor_of(request)
    # A list shows what may be opened; whatever else was sent along is not named.
    picked = [
        _look_at(consultation, what, by)
        for consultation in _requests(request)
        if actions.may_open(consultation, by)
    ]
    able = [one for one in picked if not one.reason]
    context = {
        **admin.site.each_context(request),
        "title": what.title % {"n": len(able)},
        "what": what,
        "code": request.POST["do"],
        "form": form,
        "able": able,
        "unable": [one for one in picked if one.reason],
        "back": _back(request),
    }
    return render(request, "booking/admin/queue/bulk.html", context)


def _do(request: HttpRequest, what: Bulk, form: SectionForm) -> HttpResponse:
    by, seen, done, refused = actor_of(request), _picks(request), 0, 0
    for consultation in _requests(request):
        try:
            if not actions.may_open(consultation, by):
                raise NotAllowed
            what.do(consultation, by=by, seen_version=seen[consultation.pk], **form.cleaned_data)
            done += 1
        except NotAllowed:
            # On record, and no reason to leave the others half done.
            with suppress(PermissionDenied):
                refuse(request, consultation)
            refused += 1
        except BookingError as error:
            messages.warning(request, f"{consultation.shown_reference}: {error}")
    if refused and refused == len(seen):
        raise PermissionDenied
    if done:
        messages.success(
            request, ngettext("%(n)d request changed.", "%(n)d requests changed.", done) % {"n": done}
        )
    if refused:
        # Not by its reference: it may be a colleague's patient by now.
        left = ngettext("%(n)d was left as it is", "%(n)d were left as they are", refused) % {"n": refused}
        messages.warning(request, _("%(left)s: you may not change it any more.") % {"left": left})
    return redirect(_back(request))


def _look_at(consultation: ConsultationRequest, what: Bulk, actor: Actor) -> Picked:
    now = timezone.now()
    stands = {
        Verb.ASSIGN: staff_name(consultation.assignee),
        Verb.SET_PRIORITY: str(consultation.get_priority_display()),
    }
    return Picked(
        consultation,
        shown_name(consultation),
        ageing(consultation, now, calendar()),
        stands.get(what.verb, str(consultation.get_status_display())),
        not_now(consultation, what.verb, actor, now),
    )


def _picks(request: HttpRequest) -> dict[uuid.UUID, int | None]:
    """Return the checked requests with the version that was confirmed; at most a page of them.

    What is confirmed without a version was not read, and is left out.
    """
    confirmed = "confirmed" in request.POST
    found: dict[uuid.UUID, int | None] = {}
    for typed in request.POST.getlist("pick")[:ROWS]:
        key, _colon, version = typed.partition(":")
        try:
            found[uuid.UUID(key)] = int(version) if version or confirmed else None
        except ValueError:
            continue
    return found


def _requests(request: HttpRequest) -> list[ConsultationRequest]:
    rows = ConsultationRequest.objects.select_related("assignee", "visit").defer("sealed_answers", "search")
    picks = _picks(request)
    found = rows.in_bulk(picks)
    return [found[pk] for pk in picks if pk in found]


def _back(request: HttpRequest) -> str:
    return reverse("admin:booking_consultationrequest_changelist") + Filters.read(request.GET).address()
