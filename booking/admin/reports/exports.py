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
from booking.admin.reports.exports_form import MOST, ExportForm, Format
from booking.exports import bundles
from booking.exports.columns import columns, sheet
from booking.exports.requests import keys
from booking.exports.sheets import csv_lines, workbook
from booking.models.access import Look, who_may_look
from booking.rules.errors import NotAllowed
from booking.rules.statuses import Status

XLSX_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def exports(http: HttpRequest) -> HttpResponseBase:
    """Ask what to export; show what will be in it; make it once that was confirmed."""
    if not actor_of(http).roles & who_may_look(Look.EXPORT):
        record(http, Look.EXPORT)  # refuses, on record
    today, zone = timezone.localdate(), timezone.get_current_timezone_name()
    if http.method != "POST":
        return _page(
            http, "exports", form=ExportForm(today=today, zone=zone, initial=_usual(http, today.isoformat()))
        )
    form = ExportForm(http.POST, today=today, zone=zone)
    if not form.is_valid() or "back" in http.POST:
        return _page(http, "exports", form=form)
    count, most = form.requests.count(), MOST[form.cleaned_data["format"]]
    if not 0 < count <= most:
        form.add_error("first", _none() if not count else _too_many(count, most))
        return _page(http, "exports", form=form)
    if "confirmed" not in http.POST:
        return _page(http, "exports/confirm", form=form, count=count, **_contents(form))
    return _made(http, form, zone)


def _made(http: HttpRequest, form: ExportForm, zone: str) -> HttpResponseBase:
    pks = keys(form.requests, MOST[form.cleaned_data["format"]])
    try:
        actions.record_export(pks, by=actor_of(http), codes=form.codes)
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


def _usual(http: HttpRequest, today: str) -> dict[str, Any]:
    """Return what the form begins with: this month, or the request whose page led here."""
    reference = http.GET.get("reference", "")[:40]
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


def _page(http: HttpRequest, template: str, **context: Any) -> HttpResponse:
    context = {**admin.site.each_context(http), "title": _("Exports"), **context}
    return render(http, f"booking/admin/reports/{template}.html", context)
