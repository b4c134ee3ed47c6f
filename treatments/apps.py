"""The public content of the site: conditions, pages, sources and the clinic's own facts."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TreatmentsConfig(AppConfig):
    name = "treatments"
    verbose_name = _("Website content")

    def ready(self) -> None:
        """Register what listens and what is signed; both need the models."""
        from treatments import checks, gaps, review, signals, signoff  # noqa: F401

        signoff.register(review.subjects)
        signoff.register(gaps.subjects)
