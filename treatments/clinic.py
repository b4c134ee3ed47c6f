"""The clinic's facts for every page, also while the database is down.

A fresh read is kept in the process for ten seconds, and as a snapshot in memory and on disk, so that an
error page can still show the phone number and the hours. Nothing here is about a patient.
"""

from __future__ import annotations

import datetime as dt
import time
from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.db import Error
from django.utils.formats import time_format
from django.utils.translation import get_language, gettext
from phonenumbers import PhoneNumberFormat, format_number
from phonenumbers import parse as parse_number

from treatments import snapshot
from treatments.models import Clinic, OpeningHours
from treatments.models.clinic import STATEMENTS

FRESH_SECONDS = 10
# Texts that patients read in their own language.
TEXTS = ("hours_note", "emergency_line", *STATEMENTS)


@dataclass(frozen=True)
class Hours:
    """One stretch of a weekday (Monday is 0) in the clinic's own time."""

    weekday: int
    opens: dt.time
    closes: dt.time


@dataclass(frozen=True)
class Closed:
    """Whole days when the clinic is closed, both ends included."""

    starts_on: dt.date
    ends_on: dt.date
    reason: dict[str, str]


@dataclass(frozen=True)
class ClinicFacts:
    """Plain data about the clinic; texts hold each language, and properties speak the active one."""

    name: str
    phone_e164: str
    fax_e164: str
    email: str
    street_lines: tuple[str, ...]
    place: str
    time_zone: str
    hours_confirmed: bool
    reply_business_days: int
    opening_hours: tuple[Hours, ...]
    closures: tuple[Closed, ...]
    texts: dict[str, dict[str, str]]

    @cached_property
    def phone_display(self) -> str:
        return _display(self.phone_e164)

    @property
    def phone_href(self) -> str:
        return f"tel:{self.phone_e164}"

    @cached_property
    def fax_display(self) -> str:
        return _display(self.fax_e164) if self.fax_e164 else ""

    @property
    def phone_is_placeholder(self) -> bool:
        """Whether the number is one of 555-0100 to 555-0199, set aside for fiction (NANPA)."""
        return self.phone_e164[-7:-2] == "55501"

    @property
    def address_is_set(self) -> bool:
        return bool(self.street_lines)

    @property
    def address_lines(self) -> list[str]:
        """Return the postal address by line, or one line that says it is still to be set."""
        if not self.address_is_set:
            return [gettext("Address to be set, Arizona")]
        return [*self.street_lines, self.place]

    @property
    def hours(self) -> list[str]:
        """Return the opening hours as lines of words, days with the same hours together."""
        return [_words(days, stretches) for days, stretches in _grouped(self.opening_hours)] or [
            gettext("Hours to be set")
        ]

    @property
    def is_demo(self) -> bool:
        return bool(settings.DEMO)

    @property
    def hours_note(self) -> str:
        return self.text("hours_note")

    @property
    def emergency_line(self) -> str:
        return self.text("emergency_line")

    def text(self, name: str) -> str:
        """Return one of TEXTS in the active language, in English where there is no translation."""
        texts = self.texts.get(name, {})
        return texts.get(get_language() or "en") or texts.get("en", "")


_fresh: tuple[float, ClinicFacts | None] | None = None


def clinic_facts() -> ClinicFacts | None:
    """Return the clinic's facts, at most ten seconds old while the database answers.

    While it does not, return the last snapshot, or None when there never was one. Raises nothing.
    """
    global _fresh
    if _fresh and time.monotonic() - _fresh[0] < FRESH_SECONDS:
        return _fresh[1]
    facts = _read_or_snapshot()
    _fresh = (time.monotonic(), facts)
    return facts


def forget() -> None:
    """Read the database again at the next call: after a change, and between tests."""
    global _fresh
    _fresh = None


def _read_or_snapshot() -> ClinicFacts | None:
    try:
        facts = read()
    except Error:
        return snapshot.latest()
    if facts:
        snapshot.keep(facts)
    return facts


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


def _display(number: str) -> str:
    return format_number(parse_number(number), PhoneNumberFormat.NATIONAL)


def _grouped(hours: tuple[Hours, ...]) -> list[tuple[list[int], tuple[tuple[dt.time, dt.time], ...]]]:
    by_day: dict[int, tuple[tuple[dt.time, dt.time], ...]] = {}
    for one in hours:
        by_day[one.weekday] = (*by_day.get(one.weekday, ()), (one.opens, one.closes))
    groups: list[tuple[list[int], tuple[tuple[dt.time, dt.time], ...]]] = []
    for day, stretches in sorted(by_day.items()):
        if groups and groups[-1][1] == stretches and groups[-1][0][-1] == day - 1:
            groups[-1][0].append(day)
        else:
            groups.append(([day], stretches))
    return groups


def _words(days: list[int], stretches: tuple[tuple[dt.time, dt.time], ...]) -> str:
    names = [str(OpeningHours.Weekday(day).label) for day in (days[0], days[-1])]
    when = (
        names[0]
        if len(days) == 1
        else gettext("%(first)s to %(last)s") % dict(zip(("first", "last"), names, strict=True))
    )
    spans = [
        gettext("%(opens)s to %(closes)s") % {"opens": time_format(a, "P"), "closes": time_format(b, "P")}
        for a, b in stretches
    ]
    return gettext("%(days)s, %(hours)s") % {"days": when, "hours": gettext(" and ").join(spans)}
