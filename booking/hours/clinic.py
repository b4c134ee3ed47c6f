"""The clinic's calendar and its promise, from the facts that the clinic set."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.utils import timezone

from booking.rules.reply_by import OFFICE_HOURS, Calendar, reply_by
from treatments.clinic import snapshot
from treatments.clinic.clinic import clinic_facts
from treatments.clinic.facts import ClinicFacts

ZONE = "America/Phoenix"
BUSINESS_DAYS = 2


def calendar() -> Calendar:
    """Return when the clinic is open; ordinary office hours until it has said so."""
    facts = clinic_facts()
    if not facts:
        return Calendar(ZONE)
    return Calendar(
        zone=facts.time_zone,
        state=facts.state,
        hours=_hours(facts) or dict(OFFICE_HOURS),
        closures=tuple((closed.starts_on, closed.ends_on) for closed in facts.closures),
    )


def today() -> date:
    """Return which day it is at the clinic, by the last facts known: this asks no database."""
    facts = snapshot.latest()
    return timezone.localdate(timezone=ZoneInfo(facts.time_zone if facts else ZONE))


def promised_reply(received: datetime) -> datetime:
    """Return when the clinic promises to have replied to a request received at this time."""
    return reply_by(received, calendar(), business_days())


def business_days() -> int:
    """Return within how many business days the clinic promises to reply."""
    facts = clinic_facts()
    return facts.reply_business_days if facts else BUSINESS_DAYS


def _hours(facts: ClinicFacts) -> dict[int, tuple[tuple[time, time], ...]]:
    hours: dict[int, tuple[tuple[time, time], ...]] = {}
    for one in sorted(facts.opening_hours, key=lambda hour: (hour.weekday, hour.opens)):
        hours[one.weekday] = (*hours.get(one.weekday, ()), (one.opens, one.closes))
    return hours
