"""The app of consultation requests."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

SAFETY_RULES = _("The safety questions of the request form")


class BookingConfig(AppConfig):
    """Registers checks and makes the role groups after each migrate."""

    name = "booking"
    verbose_name = _("Consultation requests")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Import the checks, connect the receiver, and name what a clinician signs off."""
        from booking import checks  # noqa: F401
        from booking.groups import make_groups
        from booking.rules import safety
        from treatments import signoff

        post_migrate.connect(make_groups, dispatch_uid="booking.groups")
        signoff.register(lambda: [signoff.Subject("safety-rules", str(SAFETY_RULES), safety.digest)])
