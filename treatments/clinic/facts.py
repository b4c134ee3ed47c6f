"""The clinic's facts as plain data, and the words for them in the active language."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.utils.formats import time_format
from django.utils.translation import get_language, gettext
from phonenumbers import PhoneNumberFormat, format_number
from phonenumbers import parse as parse_number

from treatments.models import OpeningHours

Stretches = tuple[tuple[dt.time, dt.time], ...]


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
    state: str = "AZ"

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
        lines = [_words(days, stretches) for days, stretches in _grouped(self.opening_hours)]
        if not lines:
            return [gettext("Hours to be set")]
        return lines if self.hours_confirmed else [*lines, gettext("To be confirmed")]

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
        """Return one of the texts in the active language, in English where there is no translation."""
        texts = self.texts.get(name, {})
        return texts.get(get_language() or "en") or texts.get("en", "")


def _display(number: str) -> str:
    return format_number(parse_number(number), PhoneNumberFormat.NATIONAL)


def _grouped(hours: tuple[Hours, ...]) -> list[tuple[list[int], Stretches]]:
    by_day: dict[int, Stretches] = {}
    for one in hours:
        by_day[one.weekday] = (*by_day.get(one.weekday, ()), (one.opens, one.closes))
    groups: list[tuple[list[int], Stretches]] = []
    for day, stretches in sorted(by_day.items()):
        if groups and groups[-1][1] == stretches and groups[-1][0][-1] == day - 1:
            groups[-1][0].append(day)
        else:
            groups.append(([day], stretches))
    return groups


def _words(days: list[int], stretches: Stretches) -> str:
    names = [str(OpeningHours.Weekday(day).label) for day in (days[0], days[-1])]
    when = (
        names[0]
        if len(days) == 1
        else gettext("%(first)s to %(last)s") % dict(zip(("first", "last"), names, strict=True))
    )
    spans = [
        gettext("%(opens)s to %(closes)s")
        % {"opens": time_format(a, "TIME_FORMAT"), "closes": time_format(b, "TIME_FORMAT")}
        for a, b in stretches
    ]
    return gettext("%(days)s, %(hours)s") % {"days": when, "hours": gettext(" and ").join(spans)}
