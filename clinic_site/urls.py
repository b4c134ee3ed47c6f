"""All addresses. Patient pages have a Spanish twin under /es/; staff and machine addresses have not."""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from clinic_site import health

urlpatterns = [
    path("health/live", health.live, name="health-live"),
    path("health/ready", health.ready, name="health-ready"),
    path("admin/account/", include("clinic_site.accounts.urls")),
    path("admin/", admin.site.urls),
    *i18n_patterns(
        path("consultation/", include("booking.urls")),
        path("", include("treatments.urls")),
        prefix_default_language=False,
    ),
]

handler400 = "clinic_site.errors.bad_request"
handler403 = "clinic_site.errors.permission_denied"
handler404 = "clinic_site.errors.not_found"
handler500 = "clinic_site.errors.server_error"
