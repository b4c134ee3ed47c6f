"""manage.py release: what each new release does once, as the owner of the tables, before web starts."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.models import BinaryField, Value
from django.db.models.functions import Substr
from django.urls import reverse

from booking.management.demo import ACCOUNTS
from booking.management.rights import UnfitRole, grant
from booking.models import ConsultationRequest, KeyCheck
from booking.models.cipher import SealBroken, beginning, decrypt
from booking.models.key_check import accepting_new_keys
from treatments.editorial.gates import missing_signatures, sentences


class Command(BaseCommand):
    help = "Checks keys, migrates, loads content and gives the application's role its rights. Safe to repeat."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, verbosity: int, **options: Any) -> None:
        self.verbosity = verbosity
        # Before a migration: it may open documents, or add the hashes that people are found by.
        if KeyCheck._meta.db_table in connection.introspection.table_names():
            self._check_keys()
        with accepting_new_keys():
            call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        # No sooner: a key that is remembered must stay, also when this release is taken back.
        KeyCheck.remember()
        self._say("Keys are this database's, and its tables up to date.")
        call_command("load_content", demo=settings.DEMO, verbosity=verbosity, stdout=self.stdout)
        if not settings.DEMO:
            self._shut_out_the_demonstration()
        self._grant()
        self._tell_what_is_shut()

    def _tell_what_is_shut(self) -> None:
        """Say what patients cannot use after this release until somebody signs. No reason to stop it."""
        told = sentences(missing_signatures())
        if not told:
            return
        self._say("\nSHUT TO PATIENTS until it is signed:")
        for words in told:
            self._say(f"- {words}")
        self._say(f"Sign at {settings.SITE_URL}{reverse('admin:treatments_signoff_add')}")
        self._say("The texts, to print: manage.py signoff_sheet. This list again: manage.py check --deploy")

    def _shut_out_the_demonstration(self) -> None:
        """Switch the accounts of an earlier demonstration off: their password lies in a file."""
        left = User.objects.filter(username__in=ACCOUNTS, is_active=True).update(is_active=False)
        if left:
            self._say(f"Switched off {left} accounts of the demonstration.")

    def _check_keys(self) -> None:
        """Refuse keys that are not this database's; new ones beside them are fine."""
        new = KeyCheck.new_keys()
        if KeyCheck.disagrees() or not all(_opens_what_it_sealed(key_id) for key_id in new):
            raise CommandError(
                "SEAL_KEYS or SEARCH_KEY are not this database's: what is stored could not be read. "
                "Restore the ones that belong to it, every older key too, from your key backup."
            )

    def _grant(self) -> None:
        role = settings.DATABASE_APP_ROLE
        if not role:
            self._say("No rights granted: DATABASE_APP_ROLE is not set.")
            return
        try:
            grant(role)
        except UnfitRole as error:
            raise CommandError(str(error)) from error
        self._say(f"Rights granted to {role}.")

    def _say(self, line: str) -> None:
        if self.verbosity:
            self.stdout.write(line)


def _opens_what_it_sealed(key_id: str) -> bool:
    """Return False when a key without a check value was in use, and was another one then."""
    start = beginning(key_id)
    named = Substr("sealed_person", 1, len(start), output_field=BinaryField())
    theirs = ConsultationRequest.objects.alias(named=named).filter(named=Value(start, BinaryField()))
    for pk, document in theirs.order_by().values_list("pk", "sealed_person")[:1]:
        try:
            decrypt(document, f"{ConsultationRequest._meta.db_table}:{pk}:person")
        except SealBroken:
            return False
    return True
