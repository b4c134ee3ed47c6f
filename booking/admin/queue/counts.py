"""The figures above the queue, all from one query, and none counted further than people read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from booking.actions import accessible_to
from booking.admin.base.words import moment_words
from booking.admin.lists.bounded_counts import BoundedCounts, CountedCondition, figures, shown
from booking.admin.lists.filters import CALLS, SHOWN, Filters
from booking.admin.lists.sidebar import open_conditions
from booking.admin.lists.unstaffed import soonest_to_move, times_to_give
from booking.admin.lists.urgency import due_today, lapsing, news, overdue, same_day, to_call, visit_today
from booking.admin.queue.views import kept_by
from booking.admin.verbs.responsible import colleagues
from booking.models import ConsultationRequest
from booking.models.request import DOUBTFUL
from booking.rules.roles import SEE_SCHEDULE
from booking.rules.statuses import Status

if TYPE_CHECKING:
    from booking.actions import Actor

QUEUE: Final = "admin:booking_consultationrequest_changelist"
TO_MOVE: Final = "admin:booking_visit_displaced"
EARLIER: Final = "admin:booking_visit_earlier"
NAMES: Final = ("id", "first_name", "last_name", "username")


@dataclass(frozen=True)
class Tile:
    """One figure that leads to the requests it counts."""

    count: str
    label: str
    hint: str
    show: str = ""
    status: str = ""
    bad: bool = False
    urgent: bool = False
    page: str = ""

    @property
    def address(self) -> str:
        """The filters that lead to what was counted."""
        return Filters(show=self.show, status=self.status).address()

    @property
    def url(self) -> str:
        """Where it leads: into the queue, or to a page of its own."""
        return reverse(self.page) if self.page else reverse(QUEUE) + self.address


@dataclass(frozen=True)
class Counts:
    """How many open requests there are, by what is asked of staff."""

    open: int
    mine: int
    unassigned: int
    same_day: int
    overdue: int
    oldest: datetime | None
    today: int
    new: int
    new_unassigned: int
    waiting: int
    visits_today: int
    agreed: int
    news: int
    offered: int
    lapsing: int
    calls: int
    doubtful: int
    views: str | None
    colleagues: str | None
    chosen: int
    to_move: int = 0
    to_give: int = 0
    since: datetime | None = None


def count(
    actor: Actor, now: datetime, chosen: Mapping[str, QuerySet[Any]], since: QuerySet[Any] | None
) -> Counts:
    """Count the open requests, and those `chosen` for the list, which are all that are open by default.

    `since`, a query of one moment, is read along.
    """
    if actor.user is None:
        raise TypeError("Only staff have a queue")
    reach = accessible_to(actor)
    open_ = ConsultationRequest.objects.open().filter(reach).order_by()
    glance = BoundedCounts(reach, open_conditions(actor) | _of_columns(now))
    counted = {
        "same_day": open_.filter(same_day(now)).exclude(DOUBTFUL),
        "visits_today": open_.filter(visit_today(now)),
        "lapsing": open_.filter(lapsing(now)),
        # Finished requests too, for somebody may not know of theirs.
        "calls": ConsultationRequest.objects.filter(reach, to_call(now)).exclude(DOUBTFUL).order_by(),
        **chosen,
        **(_of_the_calendar(now) if actor.roles & SEE_SCHEDULE else {}),
    }
    late = open_.filter(overdue(now)).exclude(DOUBTFUL)
    oldest = late.order_by("reply_by").values("reply_by")[:1]
    lists = {"colleagues": colleagues().values(*NAMES), "views": kept_by(actor.user)}
    beside = {"oldest": oldest} | ({} if since is None else {"since": since})
    found = figures(glance, counted=counted, lists=lists, **beside)
    return Counts(**{"chosen": found["open"]} | found)


def _of_columns(now: datetime) -> dict[str, CountedCondition]:
    """Return the conditions that ask about nothing but the request's own columns."""
    sure, new = ~DOUBTFUL, Status.NEW
    return {
        "unassigned": (None, Q(assignee=None) & sure),
        "overdue": (None, overdue(now) & sure),
        "today": (None, due_today(now) & sure),
        "new": (new, sure),
        "new_unassigned": (new, Q(assignee=None) & sure),
        "waiting": (Status.WAITING_FOR_PATIENT, Q()),
        "agreed": (Status.SCHEDULED, Q()),
        "news": (None, news()),
        "offered": (Status.TIMES_OFFERED, Q()),
        "doubtful": (new, DOUBTFUL),
    }


def _of_the_calendar(now: datetime) -> dict[str, QuerySet[Any]]:
    return {"to_move": soonest_to_move(now).order_by(), "to_give": times_to_give(now).order_by()}


def tiles(counts: Counts, now: datetime) -> list[Tile]:
    """Return the figures as links."""
    n = {name: shown(number) for name, number in vars(counts).items() if isinstance(number, int)}
    oldest = _("since %(when)s") % {"when": moment_words(counts.oldest, now)} if counts.oldest else ""
    told = _("untold, or to call back") if counts.calls else _("none waiting")
    doubted = Tile(
        n["doubtful"], str(SHOWN["doubtful"]), _("signs of a machine: look before you close them"), "doubtful"
    )
    moved = Tile(
        n["to_move"], _("Visits to move"), _("the clinic or clinician is away then"), bad=True, page=TO_MOVE
    )
    given = Tile(n["to_give"], _("Times came free"), _("patients want to come earlier"), page=EARLIER)
    today = _("act now, before all else") if counts.same_day else _("none waiting")
    return [
        Tile(n["same_day"], str(SHOWN["same-day"]), today, "same-day", urgent=bool(counts.same_day)),
        Tile(
            n["overdue"], str(SHOWN["overdue"]), oldest or _("none late"), "overdue", bad=bool(counts.overdue)
        ),
        Tile(n["today"], str(SHOWN["today"]), _("reply before midnight"), "today"),
        Tile(n["new"], _("New"), _("%(new_unassigned)s unassigned") % n, status=Status.NEW),
        Tile(n["waiting"], _("Waiting for patient"), _("we asked them"), status=Status.WAITING_FOR_PATIENT),
        Tile(n["lapsing"], str(SHOWN["lapsing"]), _("of %(offered)s offered") % n, "lapsing"),
        Tile(n["visits_today"], str(SHOWN["visits"]), _("%(agreed)s agreed in all") % n, "visits"),
        Tile(n["news"], str(SHOWN["news"]), _("they wrote or acted"), "news"),
        Tile(n["calls"], str(SHOWN[CALLS]), told, CALLS, bad=bool(counts.calls)),
        *([doubted] if counts.doubtful else []),
        *([moved] if counts.to_move else []),
        *([given] if counts.to_give else []),
    ]
