"""The dashboard: counts without names, of a range of days."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from http import HTTPStatus
from typing import Any, Self

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from booking.admin.base.access import record
from booking.admin.lists.bounded_counts import figures as bounded
from booking.admin.lists.bounded_counts import shown
from booking.admin.lists.sidebar import counted, keep_counts
from booking.admin.reports.dashboard_figures import Figures, figures, standing
from booking.admin.reports.dashboard_panels import panels
from booking.exports.sheets import csv_lines
from booking.models.access import Look
from booking.rules.figures import WEEKS, Reach, Span
from booking.rules.safety import Topic


@dataclass(frozen=True)
class DashboardFilters:
    """What a person asked to see. `error` is a sentence; the span is then None and nothing is read."""

    reach: str
    topic: str
    first: str
    last: str
    span: Span | None
    error: str = ""

    @classmethod
    def read(cls, query: QueryDict, today: date) -> Self:
        """Read the choices of an address. Unknown codes and impossible dates bring a sentence."""
        reach, topic = query.get("range", Reach.WEEKS_13.value), query.get("topic", "")
        first, last = query.get("from", ""), query.get("to", "")
        try:
            span = _span(reach, topic, first, last, today)
        except ValueError as error:
            return cls(reach, topic, first, last, None, str(error))
        return cls(reach, topic, span.first.isoformat(), span.last.isoformat(), span)

    @property
    def reaches(self) -> list[tuple[str, str, bool]]:
        """The ranges to go to at once, each with its address and whether it is shown; the condition stays."""
        others = [replace(self, reach=reach) for reach in WEEKS]
        return [(str(Reach(one.reach).label), one.address, one.reach == self.reach) for one in others]

    @property
    def address(self) -> str:
        """The choices as the query of an address."""
        own = {"from": self.first, "to": self.last} if self.reach == Reach.OWN else {}
        return "?" + urlencode({"range": self.reach} | ({"topic": self.topic} if self.topic else {}) | own)


def dashboard(request: HttpRequest) -> HttpResponse:
    """Show the figures, once the look is on record."""
    record(request, Look.FIGURES)
    now = timezone.now()
    choice = DashboardFilters.read(request.GET, timezone.localtime(now).date())
    context: dict[str, Any] = {
        "choice": choice,
        "reaches": choice.reaches,
        "topics": Topic.choices,
        "now": now,
    }
    if choice.span:
        found = figures(choice.span, choice.topic, now)
        due = sum(found.due.values())
        now_open = bounded(counted(request), standing(now))
        keep_counts(request, now_open)
        context |= {
            "figures": found,
            "panels": panels(found, choice.span, choice.topic),
            "share": 100 * sum(found.kept.values()) / due if due else None,
            "due": due,
            "open": {name: shown(now_open[name]) for name in ("all_open", "overdue", "waiting")},
            "weeks": len(choice.span.weeks),
        }
    status = HTTPStatus.BAD_REQUEST if choice.error else HTTPStatus.OK
    context = {**admin.site.each_context(request), "title": _("Dashboard"), **context}
    return render(request, "booking/admin/reports/dashboard.html", context, status=status)


def dashboard_csv(request: HttpRequest, name: str) -> HttpResponse:
    """Return one table of the dashboard as CSV, once it is on record which table, and of which days."""
    now = timezone.now()
    choice = DashboardFilters.read(request.GET, timezone.localtime(now).date())
    if choice.span is None:
        return dashboard(request)
    record(
        request, Look.FIGURES, codes={"page": f"{name[:40]}.csv", "first": choice.first, "last": choice.last}
    )
    found: Figures = figures(choice.span, choice.topic, now)
    panel = next((one for one in panels(found, choice.span, choice.topic) if one.name == name), None)
    if panel is None:
        raise Http404
    response = HttpResponse(csv_lines([panel.head, *panel.rows]), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}-{choice.first}-to-{choice.last}.csv"'
    return response


def _span(reach: str, topic: str, first: str, last: str, today: date) -> Span:
    if topic and topic not in Topic.values:
        raise ValueError(_("That condition is not one of ours. Choose one from the list."))
    if reach == Reach.OWN:
        return Span.between(first, last, today)
    if reach not in WEEKS:
        raise ValueError(_("That range is not one of ours. Choose one from the list."))
    return Span.back(WEEKS[reach], today)
