"""What the pages of the calendar show beside it: one query, with the figures of the sidebar."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest

from booking.admin.lists.bounded_counts import figures
from booking.admin.lists.freed_times import FREED, MAX_TIMES, still_free
from booking.admin.lists.sidebar import counted, keep_counts
from booking.admin.lists.unstaffed import soonest_to_move
from booking.hours.clinicians import Plan
from booking.models import FreedTime, Visit
from booking.models.rows import rows_as
from booking.models.visit import TAKES_TIME


@dataclass(frozen=True)
class Beside:
    """Which of the visits must be moved, how many of all to come, and the times that came free.

    `cut`: so many times came free that there may be more.
    """

    lost: set[UUID]
    lost_in_all: int
    freed: list[FreedTime]
    cut: bool


def beside(
    request: HttpRequest, plans: dict[int, Plan], now: datetime, visits: Iterable[Visit] = ()
) -> Beside:
    """Return what belongs beside these visits, whose clinicians all have a plan here.

    A freed time is left out when its clinician has none, or does not work then.
    """
    in_all = {"lost_in_all": soonest_to_move(now).order_by()}
    found = figures(counted(request), counted=in_all, lists={"freed": still_free(now).values(*FREED)})
    keep_counts(request, found)
    rows, freed = rows_as(FreedTime, found["freed"]), []
    for time in rows:
        plan = plans.get(time.clinician_id)
        if plan and plan.schedule.works(time.span):
            time.clinician = plan.clinician
            freed.append(time)
    lost = {one.pk for one in visits if _is_lost(one, plans, now)}
    return Beside(lost, found["lost_in_all"], freed, len(rows) == MAX_TIMES)


def _is_lost(visit: Visit, plans: dict[int, Plan], now: datetime) -> bool:
    """Return of one visit what `unstaffed.visits_to_move` finds."""
    to_come = visit.state in TAKES_TIME and visit.starts_at > now
    return to_come and not plans[visit.clinician_id].schedule.works(visit.span)
