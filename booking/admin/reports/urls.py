"""Addresses of the pages that look across all requests: the dashboard, the audit page, exports."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.http import HttpResponseBase
from django.urls import path
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from booking.admin.reports.audit import audit, audit_csv
from booking.admin.reports.dashboard import dashboard, dashboard_csv
from booking.admin.reports.exports import exports

app_name = "numbers"


def _staff(view: Callable[..., HttpResponseBase]) -> Any:
    return admin.site.admin_view(view)


urlpatterns = [
    path("dashboard/", _staff(require_safe(dashboard)), name="dashboard"),
    path("dashboard/<slug:name>.csv", _staff(require_safe(dashboard_csv)), name="dashboard_csv"),
    path("audit/", _staff(require_http_methods(["GET", "HEAD", "POST"])(audit)), name="audit"),
    path("audit/export.csv", _staff(require_POST(audit_csv)), name="audit_csv"),
    path("exports/", _staff(require_http_methods(["GET", "HEAD", "POST"])(exports)), name="exports"),
]
