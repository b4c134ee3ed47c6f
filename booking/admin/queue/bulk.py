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


def bulk(http: HttpRequest) -> HttpResponse:
    """Show what will change; with `confirmed`, do it."""
    what = BULKS.get(http.POST.get("do", ""))
    if what is None or not _picks(http):
        record(http, Look.LIST)
        messages.info(http, _("Check some requests first, then choose what to do with them."))
        return redirect(_back(http))
    if not TRANSITIONS[what.verb].actors & actor_of(http).roles:
        refuse(http)
    record(http, Look.LIST)
    confirmed = "confirmed" in http.POST
    form = what.form(http.POST if confirmed else None)
    if isinstance(form, AssignAll):
        form.offer(cast("User", http.user))
    return _do(http, what, form) if confirmed and form.is_valid() else _show(http, what, form)


def _show(http: HttpRequest, what: Bulk, form: SectionForm) -> HttpResponse:
    by = actor_of(http)
    # A list shows what may be opened; whatever else was sent along is not named.
    picked = [_look_at(request, what, by) for request in _requests(http) if actions.may_open(request, by)]
    able = [one for one in picked if not one.reason]
    context = {
        **admin.site.each_context(http),
        "title": what.title % {"n": len(able)},
        "what": what,
        "code": http.POST["do"],
        "form": form,
        "able": able,
        "unable": [one for one in picked if one.reason],
        "back": _back(http),
    }
    return render(http, "booking/admin/queue/bulk.html", context)


def _do(http: HttpRequest, what: Bulk, form: SectionForm) -> HttpResponse:
    by, seen, done, refused = actor_of(http), _picks(http), 0, 0
    for request in _requests(http):
        try:
            if not actions.may_open(request, by):
                raise NotAllowed
            what.do(request, by=by, seen_version=seen[request.pk], **form.cleaned_data)
            done += 1
        except NotAllowed:
            # On record, and no reason to leave the others half done.
            with suppress(PermissionDenied):
                refuse(http, request)
            refused += 1
        except BookingError as error:
            messages.warning(http, f"{request.shown_reference}: {error}")
    if refused and refused == len(seen):
        raise PermissionDenied
    if done:
        messages.success(
            http, ngettext("%(n)d request changed.", "%(n)d requests changed.", done) % {"n": done}
        )
    if refused:
        # Not by its reference: it may be a colleague's patient by now.
        left = ngettext("%(n)d was left as it is", "%(n)d were left as they are", refused) % {"n": refused}
        messages.warning(http, _("%(left)s: you may not change it any more.") % {"left": left})
    return redirect(_back(http))


def _look_at(request: ConsultationRequest, what: Bulk, actor: Actor) -> Picked:
    now = timezone.now()
    stands = {
        Verb.ASSIGN: staff_name(request.assignee),
        Verb.SET_PRIORITY: str(request.get_priority_display()),
    }
    return Picked(
        request,
        shown_name(request),
        ageing(request, now, calendar()),
        stands.get(what.verb, str(request.get_status_display())),
        not_now(request, what.verb, actor, now),
    )


def _picks(http: HttpRequest) -> dict[uuid.UUID, int | None]:
    """Return the checked requests with the version that was confirmed; at most a page of them.

    What is confirmed without a version was not read, and is left out.
    """
    confirmed = "confirmed" in http.POST
    found: dict[uuid.UUID, int | None] = {}
    for typed in http.POST.getlist("pick")[:ROWS]:
        key, _colon, version = typed.partition(":")
        try:
            found[uuid.UUID(key)] = int(version) if version or confirmed else None
        except ValueError:
            continue
    return found


def _requests(http: HttpRequest) -> list[ConsultationRequest]:
    rows = ConsultationRequest.objects.select_related("assignee", "visit").defer("sealed_answers", "search")
    picks = _picks(http)
    found = rows.in_bulk(picks)
    return [found[pk] for pk in picks if pk in found]


def _back(http: HttpRequest) -> str:
    return reverse("admin:booking_consultationrequest_changelist") + Filters.read(http.GET).address()
