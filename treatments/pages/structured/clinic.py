"""The clinic as schema.org data. A placeholder of the page is left out: machines could not tell."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from treatments.clinic.facts import ClinicFacts, Hours

Node = dict[str, Any]
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def node(facts: ClinicFacts, home: str, *, in_full: bool) -> Node:
    """Return the clinic; with phone, address and hours where `in_full`, as far as they are set."""
    found: Node = {"@type": "MedicalClinic", "@id": f"{home}#clinic", "name": facts.name, "url": home}
    if not in_full:
        return found
    if not facts.phone_is_placeholder:
        found["telephone"] = facts.phone_display
    if facts.address_is_set:
        found["address"] = _address(facts)
    if facts.hours_confirmed and facts.opening_hours:
        found["openingHoursSpecification"] = _hours(facts.opening_hours)
    return found


def _address(facts: ClinicFacts) -> Node:
    city, _, rest = facts.place.rpartition(", ")
    state, _, zip_code = rest.partition(" ")
    return {
        "@type": "PostalAddress",
        "streetAddress": ", ".join(facts.street_lines),
        "addressLocality": city,
        "addressRegion": state,
        "postalCode": zip_code,
    }


def _hours(hours: tuple[Hours, ...]) -> list[Node]:
    def span(one: Hours) -> tuple[str, str]:
        return one.opens.strftime("%H:%M"), one.closes.strftime("%H:%M")

    return [
        {
            "@type": "OpeningHoursSpecification",
            "dayOfWeek": [DAYS[one.weekday] for one in days],
            "opens": opens,
            "closes": closes,
        }
        for (opens, closes), days in groupby(sorted(hours, key=lambda h: (span(h), h.weekday)), key=span)
    ]
