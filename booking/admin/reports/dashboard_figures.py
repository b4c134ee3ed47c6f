"""All that the dashboard shows: what came of the requests of a span, and in one query more what is counted
elsewhere: anonymous daily counts and failed messages. What is open today is counted with the frame's figures.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Case, Count, Q, QuerySet, Sum, Value, When

from booking.admin.lists.bounded_counts import BoundedCounts
from booking.admin.lists.urgency import overdue
from booking.admin.reports.dashboard_received import Received, received
from booking.hours.clinic import calendar
from booking.models import DailyCount, Message
from booking.models.message import Delivery
from booking.rules.figures import Span
from booking.rules.notices import TO_STAFF
from booking.rules.statuses import Status


@dataclass
class Figures(Received):
    """What came of the requests, and beside it counts by code."""

    step: dict[str, int] = field(default_factory=dict)
    emergency: dict[str, int] = field(default_factory=dict)
    failed: dict[str, int] = field(default_factory=dict)

    @property
    def failed_messages(self) -> int:
        """How many messages of the range failed, told by phone since or not."""
        return sum(self.failed.values())


def figures(span: Span, topic: str, now: datetime) -> Figures:
    """Return the figures of a span; `topic` narrows what is known by condition, "" takes all."""
    found = Figures(**vars(received(span, topic, now)))
    for kind, code, count in _others(span):
        getattr(found, kind)[code] = count
    return found


def standing(now: datetime) -> BoundedCounts:
    """Return what stands open now, in the range or not, to be counted as far as the queue counts."""
    waiting = Q(status__in=(Status.WAITING_FOR_PATIENT, Status.TIMES_OFFERED))
    return BoundedCounts(
        Q(), {"all_open": (None, Q()), "overdue": (None, overdue(now)), "waiting": (None, waiting)}
    )


def _others(span: Span) -> Iterable[tuple[str, str, int]]:
    """Return (kind, code, count)."""
    start, end = span.moments(calendar().zone)
    daily = DailyCount.objects.filter(day__range=(span.first, span.last), kind__in=("step", "emergency"))
    failed = Message.objects.filter(state=Delivery.FAILED, created_at__gte=start, created_at__lt=end)
    for_staff = When(notice__in=TO_STAFF, then=Value("staff"))
    untold = When(told_at=None, then=Value("untold"))
    counts = daily.values_list("kind", "code").annotate(count=Sum("count")).order_by()
    return counts.union(_by("failed", failed, for_staff, untold), all=True)


def _by(kind: str, rows: QuerySet[Any], *cases: When) -> QuerySet[Any, tuple[str, str, int]]:
    code = Case(*cases, default=Value(""))
    named = rows.order_by().annotate(kind=Value(kind), code=code)
    rows_of_kind: QuerySet[Any, tuple[str, str, int]] = named.values_list("kind", "code").annotate(
        count=Count("pk")
    )
    return rows_of_kind
