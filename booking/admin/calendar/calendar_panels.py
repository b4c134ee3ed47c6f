"""What stands beside the calendar: what to do now, what came free, and figures; and the notes above it."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any, Final

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from booking.admin.base.access import actor_of
from booking.admin.calendar.calendar_beside import Beside
from booking.admin.calendar.calendar_days import Drawn, closure_words
from booking.admin.calendar.waitlist import freed, wishes
from booking.delivery.clinician_calendar import who
from booking.hours.clinic import calendar
from booking.hours.clinicians import Plan
from booking.models.visit import VisitState
from booking.rules.roles import SEE_SCHEDULE
from booking.rules.transitions import TRANSITIONS, Verb

NEXT_SHOWN: Final = 3
FREED_SHOWN: Final = 3


def panels(
    request: HttpRequest, drawn: Drawn | None, days: list[date], seen: dict[int, Plan], found: Beside
) -> dict[str, Any]:
    """Return what the panels beside the calendar show, and the notes above it."""
    actor, now = actor_of(request), timezone.now()
    visits = drawn.visits if drawn else []
    front = bool(actor.roles & SEE_SCHEDULE)
    states = Counter(visit.state for visit in visits)
    booked = [visit for visit in visits if visit.state == VisitState.BOOKED]
    waiting = wishes() if front else []
    return {
        "to_mark": [(visit, who(visit)) for visit in booked if visit.starts_at <= now],
        "may_mark": bool(TRANSITIONS[Verb.MARK_SEEN].actors & actor.roles),
        "coming": [(visit, who(visit)) for visit in booked if visit.starts_at > now][:NEXT_SHOWN],
        "figures": [
            (_("Visits"), len(visits) - states[VisitState.HELD]),
            (_("Seen"), states[VisitState.SEEN]),
            (_("No-show"), states[VisitState.NO_SHOW]),
            (_("Held"), states[VisitState.HELD]),
            (_("Still free"), hours_words(drawn.free if drawn else timedelta(0))),
        ],
        "freed": freed(now, found.freed[:FREED_SHOWN], waiting, seen) if front else [],
        "freed_more": len(found.freed[FREED_SHOWN:]),
        "waiting": len(waiting),
        "sees_all": front,
        "lost": [(visit, who(visit)) for visit in visits if visit.pk in found.lost],
        "lost_in_all": found.lost_in_all if front else 0,
        "closed_days": _closed(days),
    }


def hours_words(length: timedelta) -> str:
    """Return "6 h" or "45 min"."""
    minutes = length // timedelta(minutes=1)
    if minutes < 60:
        return _("%(n)d min") % {"n": minutes}
    hours = f"{minutes // 60}{f':{minutes % 60:02}' if minutes % 60 else ''}"
    return _("%(n)s h") % {"n": hours}


def _closed(days: list[date]) -> list[tuple[date, str]]:
    clock = calendar()
    return [(day, closure_words(day)) for day in days if clock.is_closed(day)]
