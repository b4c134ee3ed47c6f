"""The two sealed documents of a request: who it is, and what was answered."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from typing import Any, Final, Self

from booking.rules.questions import DayPart, Weekday, WhoFor


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
    """The patient, who asks for them, and how to reach whoever asks.

    Codes are those of rules/questions.py; birth_date is ISO 8601; phone is E.164, an extension added as in
    RFC 3966 (";ext=12").
    """

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
    who_for: str = "self"
    asker_name: str = ""
    relation: str = ""
    may_speak: str = ""
    no_email: str = ""
    no_online_page: str = ""
    call_parts: tuple[str, ...] = ()
    times: tuple[str, ...] = ()
    interpreter_language: str = ""

    @property
    def short_name(self) -> str:
        """The name for a list: the first word, then initials; numbers stay ("Test P. 21")."""
        first, *others = self.full_name.split() or [""]
        return " ".join([first, *(word if word.isdigit() else f"{word[0]}." for word in others)])

    @property
    def initials(self) -> str:
        """ "M. S." for "Maria Soto"; numbers stay, as those of test patients."""
        return " ".join(word if word.isdigit() else f"{word[0].upper()}." for word in self.full_name.split())

    @property
    def phone_number(self) -> str:
        """The number in E.164 without its extension, to find and compare people by."""
        return self.phone.partition(";")[0]

    @property
    def wished_times(self) -> tuple[str, ...]:
        """The half days that suit, such as "mon-am"; none stands for any.

        Older documents hold days and parts of the day apart: each day then suits in each part.
        """
        if self.times or not (self.days or self.day_parts):
            return self.times
        days, parts = self.days or WEEKDAYS, self.day_parts or DAY_PARTS
        return tuple(f"{day}-{part}" for day in days for part in parts)

    def lacks_guardian_on(self, day: date) -> bool:
        """Return whether the patient is under 18 on a day and nobody asks who decides about their care."""
        return self.who_for != MINOR and age_on(self.born, day) < ADULT_AGE

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
    where: tuple[str, ...] = ()
    features: tuple[str, ...] = ()
    jaw_opening: str = ""
    migraine_days: int | None = None
    imaging: tuple[str, ...] = ()
    referral: str = ""
    referrer: str = ""
    # What was said of the same-day signs: a code of SameDayCare, "" when there were none or nothing was said.
    same_day_care: str = ""
    # What our page about the topic said of it when this was sent: use, status, strength of the evidence.
    labels: tuple[str, ...] = ()

    @property
    def peg(self) -> float | None:
        """The PEG score: the mean of the three, to one decimal; None unless all three were answered."""
        scores = (self.pain, self.enjoyment, self.activity)
        if any(score is None for score in scores):
            return None
        return round(sum(score for score in scores if score is not None) / 3, 1)


ADULT_AGE: Final = 18
MINOR: Final = WhoFor.MINOR.value
WEEKDAYS: Final = tuple(Weekday.values)
DAY_PARTS: Final = tuple(DayPart.values)


def age_on(born: date, day: date) -> int:
    """Return the age in whole years on a day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} cannot be stored in a document")
