"""The app of consultation requests."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class BookingConfig(AppConfig):
    """Registers checks and makes the role groups after each migrate."""

    name = "booking"
    verbose_name = _("Consultation requests")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Import the checks, which register themselves, and connect the receiver."""
        from booking import checks  # noqa: F401
        from booking.groups import make_groups

        post_migrate.connect(make_groups, dispatch_uid="booking.groups")
