"""What the pages of the calendar show beside it: one query, with the figures of the sidebar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest

from booking.admin.earlier import FREED, MOST_TIMES, still_free
from booking.admin.listing import figures
from booking.admin.nobody_works import visits_to_move
from booking.admin.sidebar import counted, keep_counts
from booking.hours.clinicians import Plan
from booking.models import FreedTime, Visit
from booking.models.rows import rows_as


@dataclass(frozen=True)
class Beside:
    """The visits to come that must be moved, of anybody, and the times that came free, the soonest first.

    `cut`: so many times came free that there may be more.
    """

    lost: set[UUID]
    freed: list[FreedTime]
    cut: bool


def beside(http: HttpRequest, plans: dict[int, Plan], now: datetime) -> Beside:
    """Return both; a freed time is left out when its clinician has no plan here, or does not work then."""
    lists = {"lost": visits_to_move(now).order_by().values("id"), "freed": still_free(now).values(*FREED)}
    found = figures(counted(http), lists=lists)
    keep_counts(http, found)
    rows, freed = rows_as(FreedTime, found["freed"]), []
    for time in rows:
        plan = plans.get(time.clinician_id)
        if plan and plan.schedule.works(time.span):
            time.clinician = plan.clinician
            freed.append(time)
    return Beside({visit.pk for visit in rows_as(Visit, found["lost"])}, freed, len(rows) == MOST_TIMES)
