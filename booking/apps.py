"""The app of consultation requests."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class BookingConfig(AppConfig):
    """Registers checks and what is signed off, and makes the role groups after each migrate."""

    name = "booking"
    verbose_name = _("Consultation requests")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Import the checks, connect the receiver, and name what people with the right sign off."""
        from booking import checks, form_gates, signing, site_search  # noqa: F401
        from booking.groups import make_groups
        from treatments.editorial import gates, signoff
        from treatments.search import entries

        post_migrate.connect(make_groups, dispatch_uid="booking.groups")
        entries.register("booking", site_search.pages)
        signoff.register(form_gates.SAFETY_RULES, signing.rules)
        signoff.register(form_gates.CRITICAL_SPANISH, signing.spanish)
        gates.register("request form", form_gates.GATES.values, first=True)
