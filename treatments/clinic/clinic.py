"""The clinic's facts for every page, also while the database is down.

A fresh read is kept in the process for four seconds, and as a snapshot in memory and on disk, so that an
error page can still show the phone number and the hours. Nothing here is about a patient.
"""

from __future__ import annotations

from django.conf import settings
from django.db import Error

from treatments.clinic import snapshot
from treatments.clinic.facts import ClinicFacts, Closed, Hours
from treatments.models import Clinic
from treatments.text.statements import STATEMENTS
from treatments.timed_cache import TimedCache

# Texts that patients read in their own language.
TEXTS = ("hours_note", "emergency_line", *STATEMENTS)


def clinic_facts() -> ClinicFacts | None:
    """Return the clinic's facts, at most four seconds old while the database answers.

    While it does not, return the last snapshot, or None when there never was one. Raises nothing.
    """
    return _facts.get()


def forget() -> None:
    """Read the database again at the next call: after a change, and between tests."""
    _facts.forget()


def _read_or_snapshot() -> ClinicFacts | None:
    try:
        facts = read()
    except Error:
        return snapshot.latest()
    if facts:
        snapshot.keep(facts)
    return facts


_facts = TimedCache(_read_or_snapshot)


def read() -> ClinicFacts | None:
    """Return the facts as the database holds them now, or None before the content is loaded.

    Raises django.db.Error when the database does not answer.
    """
    clinic = Clinic.objects.prefetch_related("opening_hours", "closures").first()
    if not clinic:
        return None
    street = tuple(line for line in (clinic.street, clinic.street_2) if line)
    return ClinicFacts(
        name=clinic.name,
        phone_e164=clinic.phone,
        fax_e164=clinic.fax,
        email=clinic.email,
        street_lines=street if clinic.city and clinic.zip_code else (),
        state=clinic.state,
        place=f"{clinic.city}, {clinic.state} {clinic.zip_code}",
        time_zone=clinic.time_zone,
        hours_confirmed=clinic.hours_confirmed,
        reply_business_days=clinic.reply_business_days,
        opening_hours=tuple(Hours(h.weekday, h.opens, h.closes) for h in clinic.opening_hours.all()),
        closures=tuple(
            Closed(c.starts_on, c.ends_on, _languages(c, "reason")) for c in clinic.closures.all()
        ),
        texts={name: _languages(clinic, name) for name in TEXTS},
    )


def _languages(row: object, field: str) -> dict[str, str]:
    return {code: getattr(row, f"{field}_{code}") or "" for code, _name in settings.LANGUAGES}
