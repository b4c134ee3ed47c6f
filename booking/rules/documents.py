"""The two sealed documents of a request: who it is, and what was answered."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from typing import Any, Self


class Document:
    """A frozen dataclass that can be written as JSON bytes and read back.

    A field that a stored document lacks takes its default; one that the class no longer has is left out:
    old rows stay readable after a release.
    """

    def to_bytes(self) -> bytes:
        """Return the document as UTF-8 JSON."""
        return json.dumps(asdict(self), default=_plain, ensure_ascii=False).encode()  # type: ignore[call-overload]

    @classmethod
    def from_bytes(cls, raw: bytes) -> Self:
        """Read what `to_bytes` wrote. Raises ValueError or TypeError when it is something else."""
        stored: dict[str, Any] = json.loads(raw)
        known = {field.name: stored[field.name] for field in fields(cls) if field.name in stored}  # type: ignore[arg-type]
        return cls(**{name: tuple(v) if isinstance(v, list) else v for name, v in known.items()})

    def changed(self, **values: Any) -> Self:
        """Return a copy with some fields changed."""
        return replace(self, **values)  # type: ignore[type-var]


@dataclass(frozen=True)
class Person(Document):
    """Who asks and how to reach them. Codes are those of rules/questions.py; birth_date is ISO 8601."""

    full_name: str
    birth_date: str
    phone: str = ""
    email: str = ""
    been_here: str = ""
    language: str = "en"
    interpreter: str = ""
    channel: str = ""
    leave_message: str = ""
    days: tuple[str, ...] = ()
    day_parts: tuple[str, ...] = ()
    access_needs: str = ""
    payment: str = ""

    @property
    def born(self) -> date:
        """The birth date."""
        return date.fromisoformat(self.birth_date)


@dataclass(frozen=True)
class Answers(Document):
    """What was answered. Scores are 0 to 10 (PEG: Krebs EE et al. J Gen Intern Med 2009;24(6):733-738)."""

    topic: str
    reason: str = ""
    safety: tuple[str, ...] = ()
    rules_version: str = ""
    pain: int | None = None
    enjoyment: int | None = None
    activity: int | None = None
    duration: str = ""
    headache_days: int | None = None
    headache_hours: str = ""
    medicine_days: int | None = None
    in_own_words: str = ""
    tried: tuple[str, ...] = ()
    tried_other: str = ""
    health: tuple[str, ...] = ()
    last_toxin: str = ""
    allergies: str = ""
    consent_version: str = ""

    @property
    def peg(self) -> float | None:
        """The PEG score: the mean of the three, to one decimal; None unless all three were answered."""
        scores = (self.pain, self.enjoyment, self.activity)
        if any(score is None for score in scores):
            return None
        return round(sum(score for score in scores if score is not None) / 3, 1)


def age_on(born: date, day: date) -> int:
    """Return the age in whole years on a day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


ADULT_AGE = 18


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} cannot be stored in a document")
