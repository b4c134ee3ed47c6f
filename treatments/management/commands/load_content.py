"""manage.py load_content: bring the site's texts to what this release ships."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from treatments.editorial import publishing
from treatments.shipped.content_files import demo_records, records
from treatments.shipped.loader import Report, load


class Command(BaseCommand):
    help = "Loads pages, conditions, sources and clinic facts. What staff changed is left alone."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--demo", action="store_true", help="Also load placeholder clinicians and opening hours."
        )

    def handle(self, *args: Any, demo: bool, **options: Any) -> None:
        placeholders = demo_records()
        shipped = [*records(), *(placeholders if demo else [])]
        try:
            report = load(shipped, keep=[record.label for record in placeholders])
        except ValidationError as error:
            raise CommandError(f"Nothing was loaded. {' '.join(error.messages)}") from error
        withdrawn = publishing.withdraw_unsigned()
        if options["verbosity"]:
            self._tell(report, withdrawn)

    def _tell(self, report: Report, withdrawn: list[str]) -> None:
        new, renewed, removed = len(report.created), len(report.updated), len(report.removed)
        self.stdout.write(f"Content: {new} new, {renewed} renewed, {removed} removed.")
        if report.left_alone:
            self.stdout.write(f"Left alone, changed by staff: {', '.join(report.left_alone)}.")
        if withdrawn:
            self.stdout.write(f"Drafts until a clinician has signed them: {', '.join(withdrawn)}.")
