"""`make check`: everything that can be judged without running the product."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from clinic_site import catalogue
from clinic_site.local.throwaway import environment

TEMPLATES = sorted(str(path) for path in Path("templates").rglob("*.html"))
MANAGE = [sys.executable, "manage.py"]
# What is worth reading also when all is well.
TELLING = frozenset({"readability"})
# What an unfinished merge leaves at the beginning of a line.
CONFLICT = "^(<<<<<<<|>>>>>>>) "
CHECKS: dict[str, list[str]] = {
    "conflict markers": ["sh", "-c", f"! git grep -nE '{CONFLICT}'"],
    "lint": ["ruff", "check", "."],
    "format": ["ruff", "format", "--check", "."],
    "template format": ["djade", "--target-version", "5.2", "--check", *TEMPLATES],
    "types": ["mypy"],
    "import direction": ["lint-imports"],
    "Spanish catalogue": [sys.executable, "-m", "clinic_site.local.messages", "--check"],
    "missing migrations": [*MANAGE, "makemigrations", "--check", "--dry-run"],
    "system and deployment": [*MANAGE, "check", "--deploy", "--fail-level", "ERROR"],
    "state diagram": [*MANAGE, "print_states", "--check"],
    "data classes": [*MANAGE, "print_data_classes", "--check"],
    "readability": [sys.executable, "-m", "clinic_site.local.readability"],
}


def main() -> int:
    """Run every check; print the output of those that fail. Return the exit code."""
    catalogue.compile_all()
    os.environ.update(environment(), DEMO="0", DJANGO_SETTINGS_MODULE="clinic_site.settings")
    os.environ["PATH"] = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    return 1 if [name for name, command in CHECKS.items() if not passes(name, command)] else 0


def passes(name: str, command: list[str]) -> bool:
    """Run one check, say how it went, and show what it printed when it failed."""
    done = subprocess.run(command, capture_output=True, text=True)
    print(f"{'ok    ' if done.returncode == 0 else 'FAILED'} {name}", flush=True)
    if done.returncode or name in TELLING:
        print(done.stdout + done.stderr, flush=True)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
