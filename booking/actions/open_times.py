"""open_times: a clinician works more than before, so there are times for those who want an earlier one."""

from __future__ import annotations

from datetime import timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from booking.hours.clinicians import Plan
from booking.models import FreedTime, Visit
from booking.rules.free_times import Schedule, Span, free_times

LOOKED_AHEAD: Final = timedelta(weeks=6)
# A new clinician is free all day long: the soonest will do, or the list would show nothing else.
MAX_TIMES: Final = 10


@transaction.atomic
def open_times(before: Schedule, plan: Plan) -> int:
    """Keep the soonest times that are worked now and were not before, as times that came free.

    They are as long as the clinician's usual visit. Returns how many there are.
    """
    now, length = timezone.now(), plan.kinds[0].length
    today = now.astimezone(ZoneInfo(plan.schedule.clock.zone)).date()
    days = [today + timedelta(days=n) for n in range(LOOKED_AHEAD.days)]
    visits = Visit.objects.taking_time().filter(clinician=plan.clinician)
    taken = [visit.span for visit in visits.between(now, now + LOOKED_AHEAD)]
    spans = (Span(at, at + length) for at in free_times(plan.schedule, days, taken, length, now))
    opened = [span for span in spans if not before.works(span)][:MAX_TIMES]
    FreedTime.objects.bulk_create(
        [
            FreedTime(clinician=plan.clinician, starts_at=span.starts_at, ends_at=span.ends_at, freed_at=now)
            for span in opened
        ],
        update_conflicts=True,
        unique_fields=["clinician", "starts_at", "ends_at"],
        update_fields=["freed_at"],
    )
    return len(opened)
