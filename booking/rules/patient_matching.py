"""Whether two requests are of one person. Plain Python."""

from __future__ import annotations

import re
import unicodedata
from enum import Enum
from typing import Final

from booking.rules.documents import Person

# Letters that Unicode does not take apart into a plain one and an accent.
_NO_ACCENT: Final = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ŋ": "n", "ħ": "h"}
)
_JOINED: Final = re.compile(r"(?<=\w)[\u0027\u2019\u02bc\u0060\u00b4\u2010\u2011-](?=\w)")


class PatientMatch(Enum):
    """How alike two people are who asked.

    ALIKE: one birth date and one way to reach them, but other names: twins share both with their parents.
    """

    SAME = "same"
    ALIKE = "alike"
    OTHER = "other"


def patient_match(one: Person, other: Person) -> PatientMatch:
    """Compare birth dates, then e-mail addresses and phone numbers, then names.

    A name is the same when one holds all words of the other: "Ana Gomez" and "Ana Maria Gomez".
    """
    by_email = bool(one.email) and one.email.casefold() == other.email.casefold()
    by_phone = bool(one.phone) and one.phone_number == other.phone_number
    if one.birth_date != other.birth_date or not (by_email or by_phone):
        return PatientMatch.OTHER
    return PatientMatch.SAME if _same_name(one, other) else PatientMatch.ALIKE


def is_namesake(one: Person, other: Person) -> bool:
    """Return whether name and birth date are the same, by whatever contact they wrote."""
    return one.birth_date == other.birth_date and _same_name(one, other)


def _same_name(one: Person, other: Person) -> bool:
    one_has, other_has = name_keys(one.full_name), name_keys(other.full_name)
    return other_has >= set(name_words(one.full_name)) or one_has >= set(name_words(other.full_name))


def name_words(name: str) -> list[str]:
    """Return the words of a name as they are searched for: no case, no accents, no punctuation."""
    return sorted(set(_plain(name).split()))


def name_keys(name: str) -> set[str]:
    """Return what a name is found by: its words, and in one what an apostrophe or hyphen joins.

    "O'Brien-Ruiz" is found by "brien" and "Ruiz", and by "OBrienRuiz" too.
    """
    return {*name_words(name), *name_words(_JOINED.sub("", name))}


def _plain(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.casefold()).translate(_NO_ACCENT)
    return "".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c))
