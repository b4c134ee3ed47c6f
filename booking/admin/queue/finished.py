"""Finished requests, the latest first: a list reads a stretch of them, never all that a clinic ever had."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, Final

from django.db.models import QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from booking.admin.lists.filters import Filters
from booking.admin.lists.urgency import QueueGroup, order
from booking.admin.queue.listing import LAST_PAGE, ROWS, Page
from booking.models import ConsultationRequest
from booking.rules.statuses import FINAL

# As many as the pages can show. Whatever is chosen among them, no list looks at more at once: those that
# are rare would be sought through all the years, so the page says how far it looked, and leads on.
LOOKED_THROUGH: Final = ROWS * LAST_PAGE
LONG_AGO: Final = datetime(1970, 1, 1, tzinfo=UTC)


def horizon(filters: Filters, now: datetime) -> QuerySet[Any]:
    """Return the moment behind which a list does not look, as one row and column; no row when it sees all."""
    ended = ConsultationRequest.objects.filter(filters.ended(now), status__in=FINAL)
    latest = ended.order_by(*order(QueueGroup.FINISHED)).values("status_changed_at")
    return latest[LOOKED_THROUGH : LOOKED_THROUGH + 1]


def finished_page(requests: QuerySet[ConsultationRequest], since: datetime | None, number: int) -> Page:
    """Return a page of finished requests, none from before `since`."""
    number = min(max(number, 1), LAST_PAGE)
    start = (number - 1) * ROWS
    within = requests.filter(status_changed_at__gt=since) if since else requests
    found = list(_keys(within)[start : start + ROWS + 1])
    if not found and number > 1:
        return finished_page(requests, since, 1)
    keys = [(pk, QueueGroup.FINISHED) for pk in found[:ROWS]]
    return Page(number, keys, {QueueGroup.FINISHED: start + len(found)}, known=False, since=since)


def finished_keys(
    requests: QuerySet[ConsultationRequest], filters: Filters, now: datetime, limit: int
) -> list[tuple[Any, QueueGroup]]:
    """Return the first requests of the list, in one query."""
    since = Coalesce(Subquery(horizon(filters, now)), LONG_AGO)
    return [(pk, QueueGroup.FINISHED) for pk in _keys(requests.filter(status_changed_at__gt=since))[:limit]]


def further_back(filters: Filters, since: datetime) -> str:
    """Return the address of the same list from the day on which this one stopped."""
    day = timezone.localtime(since).date()
    if filters.until and day >= filters.last_day:
        # More in one day than a list holds: rather the day before than the same list again.
        day = filters.last_day - timedelta(days=1)
    return filters.address(until=day.isoformat())


def _keys(requests: QuerySet[ConsultationRequest]) -> QuerySet[Any]:
    return requests.order_by(*order(QueueGroup.FINISHED)).values_list("pk", flat=True)
