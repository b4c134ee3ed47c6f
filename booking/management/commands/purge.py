"""manage.py purge: remove drafts and counts whose time is over, as the hourly job does."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from booking.actions import purge


class Command(BaseCommand):
    help = "Removes drafts that ran out and old daily counts. Requests are not touched."

    def handle(self, *args: Any, **options: Any) -> None:
        gone = purge()
        self.stdout.write(f"Removed: {gone.drafts} drafts, {gone.counts} daily counts.")
