"""The clinic's facts as somebody at the clinic signs them."""

from __future__ import annotations

from treatments.clinic import clinic
from treatments.editorial import signoff

FACTS_SUBJECT = "clinic-facts"


def facts_lines() -> list[signoff.SignedLine]:
    """Return the facts that someone at the clinic must stand behind, as they sign them.

    Closures and notes are left out: a day off must not undo the sign-off of the phone number.
    """
    facts = clinic.read()
    if not facts:
        return []
    hours = (f"{one.weekday} {one.opens:%H:%M}-{one.closes:%H:%M}" for one in facts.opening_hours)
    rows = {
        "name": facts.name,
        "phone": facts.phone_e164,
        "address": "\n".join([*facts.street_lines, facts.place]),
        "time zone": facts.time_zone,
        "hours (0 is Monday)": "\n".join(hours),
        "hours confirmed": "yes" if facts.hours_confirmed else "no",
        "reply within business days": str(facts.reply_business_days),
        "emergency line": facts.texts["emergency_line"]["en"],
        "emergency line in Spanish": facts.texts["emergency_line"].get("es", ""),
    }
    return [signoff.SignedLine(f"clinic/{place}", text) for place, text in rows.items()]


def facts_digest() -> str:
    """Return the fingerprint of these facts."""
    return signoff.digest_of(facts_lines())
