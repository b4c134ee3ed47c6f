"""Documents printed from the code, so that they cannot say anything else than it does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser


class GeneratedDocument(BaseCommand):
    """A command that writes one document under docs/, or with --check says whether it is stale."""

    requires_system_checks: list[str] = []
    name: str

    def text(self) -> str:
        """Return what the document must hold."""
        raise NotImplementedError

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="Only say whether the document is stale.")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        path = Path(settings.BASE_DIR) / "docs" / self.name
        command = type(self).__module__.rpartition(".")[2]
        made = f"<!-- Written by: manage.py {command} -->\n\n{self.text()}"
        if not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(made)
            self.stdout.write(f"Wrote docs/{self.name}.")
        elif not path.exists() or path.read_text() != made:
            raise CommandError(f"docs/{self.name} is stale. Run: manage.py {command}")


def table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    """Return a Markdown table."""
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines) + "\n"
