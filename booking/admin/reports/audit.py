"""The manager's audit page: who did and who saw what. Looking at it is on record like every look."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.contrib import admin
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from booking.admin.base.access import actor_of, record
from booking.admin.base.words import staff_name
from booking.admin.reports.audit_filters import NOT_STAFF, AuditFilters
from booking.admin.reports.audit_log import LogPosition, Wanted
from booking.admin.reports.audit_words import lines
from booking.exports.cells import Cell
from booking.exports.sheets import csv_lines
from booking.models.access import Look, who_may_look
from booking.models.account import AccountAct
from booking.rules.roles import Role
from booking.rules.transitions import Verb

ROWS: Final = 50
HEAD: Final = ("Time", "Who", "What", "Detail", "Request", "Refused")


def audit(request: HttpRequest) -> HttpResponse:
    """Show a page of the list, once the look is on record.

    The choices are posted and lead to an address of codes, as a search does: whatever was typed into the box
    for a reference stands in no address and in no record.
    """
    if request.method == "POST":
        return _choose(request)
    now = timezone.now()
    today, zone = timezone.localdate(now), timezone.get_current_timezone_name()
    filters = AuditFilters.read(request.GET, today)
    record(request, Look.AUDIT, codes=filters.codes)
    people = _people()
    context: dict[str, Any] = {"filters": filters, "title": _("Audit"), **_choices(people)}
    try:
        after = LogPosition.read(request.GET["after"]) if request.GET.get("after") else None
        found = filters.wanted(today, zone, people).entries(after, ROWS + 1)
        if not found:
            filters.check_request()
    except ValueError as error:
        return _page(request, {**context, "error": str(error)}, HTTPStatus.BAD_REQUEST)
    shown = found[:ROWS]
    older = f"{filters.address}&after={LogPosition.of(shown[-1])}" if len(found) > ROWS else ""
    return _page(
        request, {**context, "lines": lines(shown, people), "older": older, "is_first": after is None}
    )


def _choose(request: HttpRequest) -> HttpResponse:
    if not actor_of(request).roles & who_may_look(Look.AUDIT):
        record(request, Look.AUDIT)  # refuses, on record
    filters, people = AuditFilters.read(request.POST, timezone.localdate()), _people()
    try:
        filters.wanted(timezone.localdate(), timezone.get_current_timezone_name(), people)
        filters.check_request()
    except ValueError as error:
        return _not_understood(request, filters, people, error)
    return redirect(f"{reverse('numbers:audit')}?{filters.address}")


def _not_understood(
    request: HttpRequest, filters: AuditFilters, people: dict[int, User], error: ValueError
) -> HttpResponse:
    record(request, Look.AUDIT, codes=filters.codes)
    context = {"filters": filters, "title": _("Audit"), "error": str(error), **_choices(people)}
    return _page(request, context, HTTPStatus.BAD_REQUEST)


def audit_csv(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """Return the whole list as CSV, a thousand rows at a time, once the export is on record."""
    today, zone = timezone.localdate(), timezone.get_current_timezone_name()
    filters, people = AuditFilters.read(request.POST, today), _people()
    try:
        wanted = filters.wanted(today, zone, people)
        filters.check_request()
    except ValueError as error:
        return _not_understood(request, filters, people, error)
    record(request, Look.EXPORT, codes={"what": "audit", **filters.codes})
    response = StreamingHttpResponse(
        csv_lines(_rows(wanted, ZoneInfo(zone))), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="audit-{today.isoformat()}.csv"'
    return response


def _rows(wanted: Wanted, zone: ZoneInfo) -> Iterator[tuple[Cell, ...]]:
    yield HEAD
    for entries in wanted.all():
        for line in lines(entries, wanted.people):
            at = line.at.astimezone(zone).isoformat(timespec="seconds")
            yield at, line.who, line.text, line.detail, line.reference, "yes" if line.refused else ""


def _people() -> dict[int, User]:
    """Return everybody who has, or had, an account: none is ever deleted."""
    found = User.objects.only("first_name", "last_name", "username", "is_staff")
    return {user.pk: user for user in found.order_by("first_name", "last_name", "username")}


def _choices(people: dict[int, User]) -> dict[str, Any]:
    return {
        "people": [
            *((role, Role(role).label) for role in NOT_STAFF),
            *((str(user.pk), staff_name(user)) for user in people.values() if user.is_staff),
        ],
        "kinds": [
            (_("Done"), Verb.choices),
            (_("Looked at"), Look.choices),
            (_("Accounts"), AccountAct.choices),
        ],
    }


def _page(request: HttpRequest, context: dict[str, Any], status: int = HTTPStatus.OK) -> HttpResponse:
    context = {**admin.site.each_context(request), **context}
    return render(request, "booking/admin/reports/audit.html", context, status=status)
