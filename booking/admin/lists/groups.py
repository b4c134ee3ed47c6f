"""The groups of a long list, each found through an index: what `pressing.rank` says of one request."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db.models import QuerySet

from booking.admin.lists.pressing import CONDITIONS, Pressing, order, to_call
from booking.models import ConsultationRequest
from booking.rules.statuses import Status

Groups = tuple[Pressing, ...]
# What is due comes first: of one priority, or found by the promise without a look at another table.
DUE: Final[Groups] = (Pressing.SAME_DAY, Pressing.OVERDUE, Pressing.TODAY)
# Whatever its status, an open request may stand in these; in the others only with one of these statuses.
ANY: Final[Groups] = (*DUE, Pressing.CALLS, Pressing.NEWS)
ONLY: Final = {
    Pressing.LAPSING: {Status.TIMES_OFFERED},
    Pressing.TO_MARK: {Status.SCHEDULED},
    Pressing.NEW: {Status.NEW},
    Pressing.IN_REVIEW: {Status.IN_REVIEW},
    Pressing.WAITING: {Status.WAITING_FOR_PATIENT, Status.TIMES_OFFERED},
    Pressing.AGREED: {Status.SCHEDULED},
}
# Which groups before it may hold a request that meets a group's own condition.
BEFORE: Final[dict[Pressing, Groups]] = {
    Pressing.OVERDUE: (Pressing.SAME_DAY,),
    Pressing.TODAY: (Pressing.SAME_DAY,),
    Pressing.CALLS: DUE,
    Pressing.NEWS: (*DUE, Pressing.CALLS),
    Pressing.NEW: ANY,
    Pressing.IN_REVIEW: ANY,
    # To these a reply is owed after news alone, and whoever of them is the same day's has news or is called.
    Pressing.LAPSING: (Pressing.CALLS, Pressing.NEWS),
    Pressing.TO_MARK: (Pressing.CALLS, Pressing.NEWS),
    Pressing.WAITING: (Pressing.CALLS, Pressing.NEWS, Pressing.LAPSING),
    Pressing.AGREED: (Pressing.CALLS, Pressing.NEWS, Pressing.TO_MARK),
}


def groups_of(status: str) -> Groups:
    """Return the groups in which open requests of a status may stand; of any status for ""."""
    return (*ANY, *(group for group, held in ONLY.items() if not status or status in held))


def members(
    requests: QuerySet[ConsultationRequest], pressing: Pressing, now: datetime
) -> QuerySet[ConsultationRequest]:
    """Return the requests of one group, in order: its own condition finds them, an index at hand."""
    found = requests.filter(CONDITIONS[pressing](now)).order_by(*order(pressing))
    if pressing == Pressing.CALLS:
        found = found.filter(to_call(now))
    for earlier in BEFORE.get(pressing, ()):
        found = found.exclude(CONDITIONS[earlier](now))
    return found
