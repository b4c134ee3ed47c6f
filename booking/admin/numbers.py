"""Addresses of the pages that look across all requests: the dashboard, the audit page, exports."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.http import HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

from booking.admin.dashboard import dashboard, dashboard_csv

app_name = "numbers"


def _staff(view: Callable[..., HttpResponse]) -> Any:
    return admin.site.admin_view(view)


urlpatterns = [
    path("dashboard/", _staff(require_safe(dashboard)), name="dashboard"),
    path("dashboard/<slug:name>.csv", _staff(require_safe(dashboard_csv)), name="dashboard_csv"),
]
