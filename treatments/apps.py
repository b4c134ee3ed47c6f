"""The public content of the site: conditions, pages, sources and the clinic's own facts."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TreatmentsConfig(AppConfig):
    name = "treatments"
    verbose_name = _("Website content")

    def ready(self) -> None:
        from treatments import checks, signals  # noqa: F401
