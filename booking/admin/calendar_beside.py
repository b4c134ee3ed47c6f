"""What the pages of the calendar show beside it: one query, with the figures of the sidebar."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest

from booking.admin.earlier import FREED, still_free
from booking.admin.listing import figures
from booking.admin.nobody_works import visits_to_move
from booking.admin.sidebar import counted, keep_counts
from booking.hours.clinicians import Plan
from booking.models import FreedTime


@dataclass(frozen=True)
class Beside:
    """The visits to come that must be moved, of anybody, and the times that came free, the soonest first."""

    lost: set[UUID]
    freed: list[FreedTime]


def beside(http: HttpRequest, plans: dict[int, Plan], now: datetime) -> Beside:
    """Return both; a freed time is left out when its clinician has no plan here, or does not work then."""
    lists = {"lost": visits_to_move(now).order_by().values("pk"), "freed": still_free(now).values(*FREED)}
    found = figures(counted(http), lists=lists)
    keep_counts(http, found)
    freed = (_freed(row, plans) for row in json.loads(found["freed"] or "[]"))
    return Beside(
        {UUID(row["pk"]) for row in json.loads(found["lost"] or "[]")},
        [one for one in freed if one and plans[one.clinician_id].schedule.works(one.span)],
    )


def _freed(row: dict[str, Any], plans: dict[int, Plan]) -> FreedTime | None:
    plan = plans.get(row["clinician_id"])
    if plan is None:
        return None
    moments = {name: datetime.fromisoformat(row[name]) for name in ("starts_at", "ends_at", "freed_at")}
    return FreedTime(id=row["id"], clinician=plan.clinician, **moments)
