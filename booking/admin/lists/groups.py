"""The groups of a long list, each found through an index: what `urgency.rank` says of one request."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db.models import QuerySet

from booking.admin.lists.urgency import CONDITIONS, QueueGroup, order, to_call
from booking.models import ConsultationRequest
from booking.rules.statuses import Status

Groups = tuple[QueueGroup, ...]
# What is due comes first: of one priority, or found by the promise without a look at another table.
DUE: Final[Groups] = (QueueGroup.SAME_DAY, QueueGroup.OVERDUE, QueueGroup.TODAY)
# Whatever its status, an open request may stand in these; in the others only with one of these statuses.
ANY: Final[Groups] = (*DUE, QueueGroup.CALLS, QueueGroup.NEWS)
ONLY: Final = {
    QueueGroup.LAPSING: {Status.TIMES_OFFERED},
    QueueGroup.TO_MARK: {Status.SCHEDULED},
    QueueGroup.NEW: {Status.NEW},
    QueueGroup.IN_REVIEW: {Status.IN_REVIEW},
    QueueGroup.WAITING: {Status.WAITING_FOR_PATIENT, Status.TIMES_OFFERED},
    QueueGroup.AGREED: {Status.SCHEDULED},
}
# Which groups before it may hold a request that meets a group's own condition.
BEFORE: Final[dict[QueueGroup, Groups]] = {
    QueueGroup.OVERDUE: (QueueGroup.SAME_DAY,),
    QueueGroup.TODAY: (QueueGroup.SAME_DAY,),
    QueueGroup.CALLS: DUE,
    QueueGroup.NEWS: (*DUE, QueueGroup.CALLS),
    QueueGroup.NEW: ANY,
    QueueGroup.IN_REVIEW: ANY,
    # To these a reply is owed after news alone, and whoever of them is the same day's has news or is called.
    QueueGroup.LAPSING: (QueueGroup.CALLS, QueueGroup.NEWS),
    QueueGroup.TO_MARK: (QueueGroup.CALLS, QueueGroup.NEWS),
    QueueGroup.WAITING: (QueueGroup.CALLS, QueueGroup.NEWS, QueueGroup.LAPSING),
    QueueGroup.AGREED: (QueueGroup.CALLS, QueueGroup.NEWS, QueueGroup.TO_MARK),
}


def groups_of(status: str) -> Groups:
    """Return the groups in which open requests of a status may stand; of any status for ""."""
    return (*ANY, *(group for group, held in ONLY.items() if not status or status in held))


def members(
    requests: QuerySet[ConsultationRequest], pressing: QueueGroup, now: datetime
) -> QuerySet[ConsultationRequest]:
    """Return the requests of one group, in order: its own condition finds them, an index at hand."""
    found = requests.filter(CONDITIONS[pressing](now)).order_by(*order(pressing))
    if pressing == QueueGroup.CALLS:
        found = found.filter(to_call(now))
    for earlier in BEFORE.get(pressing, ()):
        found = found.exclude(CONDITIONS[earlier](now))
    return found
