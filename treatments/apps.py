"""The public content of the site: conditions, pages, sources and the clinic's own facts."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TreatmentsConfig(AppConfig):
    name = "treatments"
    verbose_name = _("Website content")

    def ready(self) -> None:
        """Register what listens, what is signed and what is kept of each change; all need the models."""
        from treatments import checks, signals  # noqa: F401
        from treatments.clinic import clinic  # noqa: F401
        from treatments.editorial import gates, history, launch_checklist, review, signed_facts, signoff  # noqa: F401
        from treatments.selfcheck import signing

        signoff.register("page/", review.subjects)
        signoff.register(signed_facts.FACTS_SUBJECT, launch_checklist.subjects)
        signoff.register(signing.PREFIX, signing.subjects)
        gates.register("self-check", signing.GATES.values)
        gates.register("pages", review.gates)
        history.follow_content()
