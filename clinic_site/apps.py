"""The frame's own app and the admin site that the staff workspace hangs on."""

from __future__ import annotations

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class ClinicSiteConfig(AppConfig):
    """Registers the frame's system checks, and bounds the wait for a silent database server."""

    name = "clinic_site"

    def ready(self) -> None:
        """Import the checks, which register themselves; watch new connections."""
        from clinic_site import checks, patience  # noqa: F401

        patience.start()


class ClinicAdminConfig(AdminConfig):
    """Django's admin on our own site class."""

    default_site = "clinic_site.accounts.site.StaffAdminSite"
