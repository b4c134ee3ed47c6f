"""Whether two requests are of one person. Plain Python."""

from __future__ import annotations

import unicodedata
from enum import Enum

from booking.rules.documents import Person


class Likeness(Enum):
    """How alike two people are who asked.

    ALIKE: one birth date and one way to reach them, but other names: twins share both with their parents.
    """

    SAME = "same"
    ALIKE = "alike"
    OTHER = "other"


def likeness(one: Person, other: Person) -> Likeness:
    """Compare birth dates, then e-mail addresses and phone numbers, then names.

    A name is the same when one holds all words of the other: "Ana Gomez" and "Ana Maria Gomez".
    """
    by_email = bool(one.email) and one.email.casefold() == other.email.casefold()
    by_phone = bool(one.phone) and one.phone_number == other.phone_number
    if one.birth_date != other.birth_date or not (by_email or by_phone):
        return Likeness.OTHER
    return Likeness.SAME if _same_name(one, other) else Likeness.ALIKE


def is_namesake(one: Person, other: Person) -> bool:
    """Return whether name and birth date are the same, by whatever contact they wrote."""
    return one.birth_date == other.birth_date and _same_name(one, other)


def _same_name(one: Person, other: Person) -> bool:
    words, others = set(name_words(one.full_name)), set(name_words(other.full_name))
    return words <= others or others <= words


def name_words(name: str) -> list[str]:
    """Return the words of a name as they are searched for: no case, no accents, no punctuation."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    kept = "".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c))
    return sorted(set(kept.split()))
