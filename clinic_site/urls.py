"""All addresses. Patient pages have a Spanish twin under /es/; staff and machine addresses have not."""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path, re_path

from booking.feed import clinician_feed
from clinic_site import health, well_known
from clinic_site.sitemaps import Pages
from treatments.models import portraits
from treatments.pages.card_views import card

urlpatterns = [
    path("health/live", health.live, name="health-live"),
    path("health/ready", health.ready, name="health-ready"),
    path("robots.txt", well_known.robots, name="robots"),
    path(".well-known/security.txt", well_known.security, name="security"),
    path("sitemap.xml", sitemap, {"sitemaps": {"pages": Pages}}, name="sitemap"),
    path("manifest.webmanifest", well_known.manifest, name="manifest"),
    path("favicon.ico", well_known.favicon),
    re_path(r"^cards/(?P<language>en|es)/(?P<key>[-\w]+)\.(?P<digest>[0-9a-f]{16})\.png$", card, name="card"),
    re_path(r"^portraits/(?P<digest>[0-9a-f]{64})\.webp$", portraits.show, name="portrait"),
    path("calendar/<str:token>.ics", clinician_feed, name="clinician-feed"),
    path("admin/account/", include("clinic_site.accounts.urls")),
    path("admin/", include("booking.admin.reports.urls")),
    path("admin/staff/", include("booking.admin.accounts.accounts")),
    path("admin/help/", include("booking.admin.help.help")),
    path("admin/", admin.site.urls),
    *i18n_patterns(
        path("consultation/", include("booking.urls")),
        path("my-request/", include("booking.patient.urls")),
        path("", include("treatments.urls")),
        prefix_default_language=False,
    ),
]

handler400 = "clinic_site.errors.bad_request"
handler403 = "clinic_site.errors.permission_denied"
handler429 = "clinic_site.accounts.views.throttled"
handler404 = "clinic_site.errors.not_found"
handler500 = "clinic_site.errors.server_error"
