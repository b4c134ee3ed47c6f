"""manage.py signoff_sheet: one sheet to print, with every text that somebody must stand behind."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override

from treatments.editorial import gates, signoff
from treatments.editorial.drawings import drawings
from treatments.editorial.signoff import Subject
from treatments.models.signoffs import SIGN_FACTS, SIGN_HEALTH, SIGN_SPANISH

SIGNERS = {
    SIGN_HEALTH: "a clinician",
    SIGN_SPANISH: "a qualified translator",
    SIGN_FACTS: "a manager of the clinic",
}


class Command(BaseCommand):
    help = (
        "Writes a sheet with every rule, fact, drawing and Spanish sentence, its source, and a line to sign."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--output", default="var/signoff.html", help="Where the sheet is written.")

    def handle(self, *args: Any, output: str, **options: Any) -> None:
        path = Path(output)
        path.parent.mkdir(parents=True, exist_ok=True)
        with override("en"):
            subjects = [subject for subject, _opens in gates.in_order(signoff.subjects())]
            path.write_text(_sheet(subjects), encoding="utf-8")
            for subject in subjects:
                self._tell(subject)
        self.stdout.write(f"\nPrint {os.path.relpath(path)}, have it read and signed, and keep it.")
        self.stdout.write(
            "A signature counts for the site once the same person signs under Sign-offs in the admin."
        )

    def _tell(self, subject: Subject) -> None:
        lines = subject.lines()
        state = _state(subject)
        self.stdout.write(
            f"\n{subject.label} [{subject.key}]: {state}, to be signed by {SIGNERS[subject.right]}"
        )
        for line in lines:
            self.stdout.write(f"  {line.place}: {' '.join(line.text.split())}")
            self.stdout.writelines(f"      {source}" for source in line.sources)
        self.stdout.write("  Signed: ____________________  Credential: ______________  Date: __________")


def _sheet(subjects: list[Subject]) -> str:
    return render_to_string(
        "treatments/admin/signoff/sheet.html",
        {
            "made_at": timezone.now(),
            "site": settings.SITE_URL,
            "parts": [
                {
                    "subject": subject,
                    "lines": subject.lines(),
                    "state": _state(subject),
                    "signer": SIGNERS[subject.right],
                    "digest": subject.digest()[:12],
                }
                for subject in subjects
            ],
            "drawings": drawings(),
        },
    )


def _state(subject: Subject) -> str:
    signed = signoff.newest(subject.key)
    if signed is None:
        return "never signed"
    who = f"{signed.signer_name}, {signed.credential}, {signed.signed_at:%Y-%m-%d}"
    return f"signed by {who}" if signed.digest == subject.digest() else f"changed since {who} signed"
