"""The product's settings, with static files named as they lie: nothing to collect before a fault test."""

from __future__ import annotations

from clinic_site.settings import *  # noqa: F403
from clinic_site.settings import STORAGES

STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
