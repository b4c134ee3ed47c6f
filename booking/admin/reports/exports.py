"""Exports: asked for, shown before they are made, on record before their first byte."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final
from uuid import UUID

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from booking import actions
from booking.admin.base.access import actor_of, record
from booking.admin.reports.exports_form import MAX_ROWS, ExportForm, Format
from booking.exports import bundles
from booking.exports.columns import columns, sheet
from booking.exports.requests import keys
from booking.exports.sheets import csv_lines, workbook
from booking.models.access import Look, who_may_look
from booking.rules.errors import NotAllowed
from booking.rules.statuses import Status

XLSX_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def exports(request: HttpRequest) -> HttpResponseBase:
    """Ask what to export; show what will be in it; make it once that was confirmed."""
    if not actor_of(request).roles & who_may_look(Look.EXPORT):
        record(request, Look.EXPORT)  # refuses, on record
    today, zone = timezone.localdate(), timezone.get_current_timezone_name()
    if request.method != "POST":
        return _page(
            request,
            "exports",
            form=ExportForm(today=today, zone=zone, initial=_usual(request, today.isoformat())),
        )
    form = ExportForm(request.POST, today=today, zone=zone)
    if not form.is_valid() or "back" in request.POST:
        return _page(request, "exports", form=form)
    count, most = form.requests.count(), MAX_ROWS[form.cleaned_data["format"]]
    if not 0 < count <= most:
        form.add_error("first", _none() if not count else _too_many(count, most))
        return _page(request, "exports", form=form)
    if "confirmed" not in request.POST:
        return _page(request, "exports/confirm", form=form, count=count, **_contents(form))
    return _made(request, form, zone)


def _made(request: HttpRequest, form: ExportForm, zone: str) -> HttpResponseBase:
    pks = keys(form.requests, MAX_ROWS[form.cleaned_data["format"]])
    try:
        actions.record_export(pks, by=actor_of(request), codes=form.codes)
    except NotAllowed as error:
        raise PermissionDenied(str(error)) from error
    kind = form.cleaned_data["format"]
    days = f"{form.span.first.isoformat()}-to-{form.span.last.isoformat()}" if form.span else "one"
    name = f"requests-{days}.{'fhir.json' if kind == Format.FHIR else kind}"
    response = FILES[kind](pks, form.held, zone)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _csv(pks: Sequence[UUID], parts: Sequence[str], zone: str) -> HttpResponseBase:
    return StreamingHttpResponse(csv_lines(sheet(pks, parts, zone)), content_type="text/csv; charset=utf-8")


def _xlsx(pks: Sequence[UUID], parts: Sequence[str], zone: str) -> HttpResponseBase:
    return FileResponse(workbook(sheet(pks, parts, zone), title="Requests"), content_type=XLSX_TYPE)


def _fhir(pks: Sequence[UUID], parts: Sequence[str], zone: str) -> HttpResponseBase:
    return StreamingHttpResponse(bundles.stream(pks, zone), content_type=bundles.CONTENT_TYPE)


FILES: Final[dict[str, Callable[[Sequence[UUID], Sequence[str], str], HttpResponseBase]]] = {
    Format.CSV.value: _csv,
    Format.XLSX.value: _xlsx,
    Format.FHIR.value: _fhir,
}


def _usual(request: HttpRequest, today: str) -> dict[str, Any]:
    """Return what the form begins with: this month, or the request whose page led here."""
    reference = request.GET.get("reference", "")[:40]
    kind = Format.FHIR if reference else Format.CSV
    return {"format": kind, "first": today[:8] + "01", "last": today, "reference": reference}


def _contents(form: ExportForm) -> dict[str, Any]:
    values = form.cleaned_data
    names = {value: str(label) for value, label in Status.choices}
    return {
        "format": Format(values["format"]).label,
        "statuses": [names[status] for status in values["statuses"]],
        "columns": [] if values["format"] == Format.FHIR else [one.title for one in columns(form.held)],
        "personal": bool(form.held),
        "values": [
            *((name, values[name]) for name in ("format", "first", "last", "reference")),
            *((name, code) for name in ("statuses", "contents") for code in values[name]),
        ],
    }


def _none() -> str:
    return _("No request fits these dates and statuses")


def _too_many(count: int, most: int) -> str:
    return _("%(count)d requests fit, and one file holds at most %(most)d. Choose fewer days") % {
        "count": count,
        "most": most,
    }


def _page(request: HttpRequest, template: str, **context: Any) -> HttpResponse:
    context = {**admin.site.each_context(request), "title": _("Exports"), **context}
    return render(request, f"booking/admin/reports/{template}.html", context)
