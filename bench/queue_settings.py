"""The product's settings, with the stock admin's list of the same table beside it."""

from __future__ import annotations

from clinic_site.settings import *  # noqa: F403
from clinic_site.settings import STORAGES

ROOT_URLCONF = "bench.stock"
# No collectstatic before a measurement: the addresses of the style sheets are not what is measured.
STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
