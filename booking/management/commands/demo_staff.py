"""manage.py demo_staff: the account that the demonstration is tried out with."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any

from django.contrib.auth.models import Group, User
from django.core.management.base import BaseCommand, CommandError, CommandParser

from booking.management.demo import only_in_a_demonstration
from booking.rules.roles import STAFF

USERNAME = "demo"
PASSWORD_BYTES = 15  # 20 characters


class Command(BaseCommand):
    help = "Makes the staff account “demo” in all role groups, or keeps it as it is."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--password-file",
            required=True,
            help="Where the name and password are kept, readable by the owner of the file alone.",
        )

    def handle(self, *args: Any, password_file: str, verbosity: int, **options: Any) -> None:
        only_in_a_demonstration()
        path = Path(password_file)
        user, _made = User.objects.get_or_create(
            username=USERNAME,
            defaults={"is_staff": True, "first_name": "Demo", "last_name": "Staff"},
        )
        user.groups.set(Group.objects.filter(name__in=[role.value for role in STAFF]))
        password = _kept(path)
        if not (password and user.check_password(password)):
            password = secrets.token_urlsafe(PASSWORD_BYTES)
            # Kept before it holds: a crash in between leaves an old password, never an unknown one.
            _keep(path, password)
            user.set_password(password)
            user.save()
        if verbosity:
            self.stdout.write(f"{USERNAME} {password}")


def _kept(path: Path) -> str:
    try:
        name, _, password = path.read_text().strip().partition(" ")
    except OSError:
        return ""
    return password if name == USERNAME else ""


def _keep(path: Path, password: str) -> None:
    try:
        # Made for us alone from the first moment, whatever stood there before.
        path.unlink(missing_ok=True)
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise CommandError(f"{path} cannot be written. Choose another --password-file.") from error
    with os.fdopen(file, "w") as kept:
        kept.write(f"{USERNAME} {password}\n")
