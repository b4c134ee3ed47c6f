"""What the pages of the calendar show beside it: one query, with the figures of the sidebar."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest

from booking.actions._schedule import Plan
from booking.admin.displaced import COLUMNS, Coming, coming, lost
from booking.admin.earlier import FREED, still_free
from booking.admin.listing import figures
from booking.admin.sidebar import counted, keep_counts
from booking.models import FreedTime


@dataclass(frozen=True)
class Beside:
    """The visits to come that must be moved, the soonest first, and the times that came free."""

    lost: list[Coming]
    freed: list[FreedTime]


def beside(http: HttpRequest, plans: dict[int, Plan], now: datetime) -> Beside:
    """Return both, of the clinicians with these plans."""
    lists = {"coming": coming(now).values(*COLUMNS), "freed": still_free(now).values(*FREED)}
    found = figures(counted(http), lists=lists)
    keep_counts(http, found)
    to_come = (Coming.read(row) for row in json.loads(found["coming"] or "[]"))
    freed = (_freed(row, plans) for row in json.loads(found["freed"] or "[]"))
    return Beside(
        lost([one for one in to_come if one.clinician_id in plans], plans),
        [one for one in freed if one and plans[one.clinician_id].schedule.works(one.span)],
    )


def _freed(row: dict[str, Any], plans: dict[int, Plan]) -> FreedTime | None:
    plan = plans.get(row["clinician_id"])
    if plan is None:
        return None
    moments = {name: datetime.fromisoformat(row[name]) for name in ("starts_at", "ends_at", "freed_at")}
    return FreedTime(id=row["id"], clinician=plan.clinician, **moments)
