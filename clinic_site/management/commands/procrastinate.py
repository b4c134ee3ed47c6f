"""manage.py procrastinate: the worker proves its keys before it takes a job."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError
from procrastinate.contrib.django.management.commands import procrastinate

from booking.models.key_check import KeysNotProved, require_proof


class Command(procrastinate.Command):
    """The package's own command; `worker` ends with an error instead of working with unproved keys.

    Whoever started it starts it again, as when the database is away.
    """

    def handle(self, *args: Any, **options: Any) -> None:
        """Prove the keys, then do what the package does."""
        if options["command"] == "worker":
            self._prove_keys()
        super().handle(*args, **options)

    def _prove_keys(self) -> None:
        try:
            require_proof()
        except KeysNotProved as error:
            raise CommandError(f"The worker takes no job: {error}.") from None
