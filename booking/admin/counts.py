"""The figures above the queue, all from one query over the open requests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Count, Max, Min, Q, Subquery, Value
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from booking.admin.filters import Filters, doubtful
from booking.admin.pressing import due_today, lapsing, news, overdue, visit_today
from booking.admin.words import moment_words
from booking.models import ConsultationRequest, Message
from booking.rules.statuses import Status

if TYPE_CHECKING:
    from booking.actions import Actor


@dataclass(frozen=True)
class Tile:
    """One figure that leads to the requests it counts."""

    count: int
    label: str
    hint: str
    address: str
    bad: bool = False


@dataclass(frozen=True)
class Counts:
    """How many open requests there are, by what is asked of staff."""

    open: int
    mine: int
    unassigned: int
    overdue: int
    oldest: datetime | None
    today: int
    new: int
    new_unassigned: int
    in_review: int
    visits_today: int
    agreed: int
    news: int
    offered: int
    lapsing: int
    calls: int
    doubtful: int


def count(actor: Actor, now: datetime) -> Counts:
    """Count the open requests."""
    scheduled = Q(status=Status.SCHEDULED)
    sure = ~doubtful()
    figures = ConsultationRequest.objects.open().aggregate(
        open=Count("pk", filter=sure),
        mine=Count("pk", filter=Q(assignee=actor.user)),
        unassigned=Count("pk", filter=Q(assignee=None) & sure),
        overdue=Count("pk", filter=overdue(now) & sure),
        oldest=Min("reply_by", filter=overdue(now) & sure),
        today=Count("pk", filter=due_today(now) & sure),
        new=Count("pk", filter=Q(status=Status.NEW) & sure),
        new_unassigned=Count("pk", filter=Q(status=Status.NEW, assignee=None) & sure),
        in_review=Count("pk", filter=Q(status=Status.IN_REVIEW)),
        visits_today=Count("pk", filter=scheduled & visit_today(now)),
        agreed=Count("pk", filter=scheduled),
        news=Count("pk", filter=news()),
        offered=Count("pk", filter=Q(status=Status.TIMES_OFFERED)),
        lapsing=Count("pk", filter=lapsing(now)),
        calls=Max(_calls(), default=_calls()),
        doubtful=Count("pk", filter=doubtful()),
    )
    return Counts(**{**figures, "calls": figures["calls"] or 0})


def _calls() -> Subquery:
    """Return how many patients to call; finished requests too, for somebody may not know of theirs."""
    waiting = Message.objects.to_tell().order_by().annotate(all=Value(1)).values("all")
    return Subquery(waiting.annotate(number=Count("request", distinct=True)).values("number"))


def tiles(counts: Counts, now: datetime) -> list[Tile]:
    """Return the figures as links."""
    oldest = _("since %(when)s") % {"when": moment_words(counts.oldest, now)} if counts.oldest else ""
    unassigned = ngettext("%(n)d unassigned", "%(n)d unassigned", counts.new_unassigned)
    agreed = ngettext("%(n)d agreed in all", "%(n)d agreed in all", counts.agreed) % {"n": counts.agreed}
    offered = _("of %(n)d offered") % {"n": counts.offered}
    doubted = Tile(counts.doubtful, _("May not be real"), _("signs of a machine: look before you trash"),
                   Filters(show="doubtful").address())  # fmt: skip
    return [
        Tile(counts.overdue, _("Overdue"), oldest or _("none late"), Filters(show="overdue").address(),
             bad=bool(counts.overdue)),
        Tile(counts.today, _("Due today"), _("reply before midnight"), Filters(show="today").address()),
        Tile(counts.new, _("New"), unassigned % {"n": counts.new_unassigned},
             Filters(status=Status.NEW).address()),
        Tile(counts.in_review, _("In review"), _("being read"), Filters(status=Status.IN_REVIEW).address()),
        Tile(counts.visits_today, _("Visits today"), agreed, Filters(show="visits").address()),
        Tile(counts.news, _("News from patients"), _("they wrote or acted"), Filters(show="news").address()),
        Tile(counts.lapsing, _("Offers running out"), offered, Filters(show="lapsing").address()),
        Tile(counts.calls, _("Calls to make"), _("no e-mail told them") if counts.calls else _("all told"),
             Filters(show="calls").address(), bad=bool(counts.calls)),
        *([doubted] if counts.doubtful else []),
    ]  # fmt: skip
