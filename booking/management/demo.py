"""What the commands of the demonstration share."""

from __future__ import annotations

from django.conf import settings
from django.core.management.base import CommandError

from booking.rules.roles import STAFF

# The accounts that the demonstration makes: "demo", and one for each role.
ACCOUNTS = ("demo", *(f"demo-{role.value}" for role in STAFF))


def only_in_a_demonstration() -> None:
    """Raise CommandError unless this installation says that it is a demonstration."""
    if not settings.DEMO:
        raise CommandError("This is not a demonstration: nothing was made. DEMO=1 says that it is one.")
