"""The card of a page: the picture for links that people share, at an address made from what it shows."""

from __future__ import annotations

import hashlib

from django.urls import reverse

from treatments.clinic.clinic import clinic_facts
from treatments.text.links import absolute

# Counts up when the drawing changes: old addresses are kept for a year by those who fetched them.
DESIGN = 1


def address(key: str, title: str, language: str) -> str:
    """Return the full address of a page's card."""
    return absolute(reverse("card", args=[language, key, digest(title)]))


def digest(title: str) -> str:
    """Return the fingerprint of all that the card shows."""
    return hashlib.sha256(f"{DESIGN}\n{clinic_name()}\n{title}".encode()).hexdigest()[:16]


def clinic_name() -> str:
    """Return the name on the card, or nothing before the content is loaded."""
    facts = clinic_facts()
    return facts.name if facts else ""
