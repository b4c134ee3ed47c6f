"""Fills the database that each worker's is a copy of: `python -m tests.template`, with its DATABASE_URL."""

from __future__ import annotations

import os

import django
from django.core.management import call_command


def main() -> None:
    """Migrate, and set aside what tests are given again and again."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "clinic_site.settings"
    django.setup()
    from tests.loaded import set_aside

    call_command("migrate", verbosity=0, skip_checks=True)
    set_aside()


if __name__ == "__main__":
    main()
