"""When patients are reminded of a visit.

Reminders by text make people come more often (Gurol-Urganci I et al. Cochrane Database Syst Rev
2013;12:CD007458); by e-mail it is the same idea, less studied.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from booking.rules.notices import Notice


@dataclass(frozen=True)
class Reminder:
    """One reminder: sent `before` the visit, and not at all once only `latest` is left."""

    notice: Notice
    before: timedelta
    latest: timedelta


REMINDERS: Final = (
    Reminder(Notice.REMINDER_DAYS, timedelta(days=2), timedelta(days=1)),
    Reminder(Notice.REMINDER_HOURS, timedelta(hours=3), timedelta(minutes=30)),
)
