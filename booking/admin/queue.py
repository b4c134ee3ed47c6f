"""The queue: one page of requests in their groups, in as few queries as it takes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from booking.actions import Actor
from booking.actions._promise import calendar
from booking.admin.counts import count, tiles
from booking.admin.door import actor_of
from booking.admin.filters import CHOICES, MINE, NOBODY, Filters, doubtful
from booking.admin.pressing import (
    HINTS,
    Pressing,
    due_today,
    lapsing,
    news,
    overdue,
    ranked,
    to_call,
    visit_today,
)
from booking.admin.rows import Row, make_row
from booking.models import ConsultationRequest
from booking.rules.statuses import Status

ROWS: Final = 50
NEIGHBOURS: Final = 500


@dataclass(frozen=True)
class Group:
    """A heading of the queue with the rows of this page under it."""

    pressing: Pressing
    total: int
    rows: list[Row]

    @property
    def hint(self) -> str:
        """What the heading means."""
        return str(HINTS[self.pressing])


class KnownLength(Paginator):
    """A paginator that is told the count: the groups were counted already."""

    def __init__(self, requests: QuerySet[ConsultationRequest], total: int) -> None:
        super().__init__(requests, ROWS, allow_empty_first_page=True)
        self.count = total


def chosen(filters: Filters, actor: Actor, now: datetime) -> QuerySet[ConsultationRequest]:
    """Return the requests that the filters leave, most pressing first."""
    show = {
        "overdue": overdue(now),
        "today": due_today(now),
        "visits": Q(status=Status.SCHEDULED) & visit_today(now),
        "news": news(),
        "lapsing": lapsing(now),
        "calls": to_call(),
        "doubtful": doubtful(),
    }
    user_id = actor.user.pk if actor.user else 0
    requests = ConsultationRequest.objects.filter(filters.condition(user_id), show.get(filters.show, Q()))
    if filters.find:
        requests = requests.matching(filters.hashes)
    return ranked(requests, now)


def queue(http: HttpRequest) -> dict[str, Any]:
    """Return what the queue's template shows."""
    actor, now, filters = actor_of(http), timezone.now(), Filters.read(http.GET)
    requests = chosen(filters, actor, now)
    totals = dict(requests.order_by("rank").values_list("rank").annotate(Count("pk")))  # type: ignore[misc]
    page = _page(requests, sum(totals.values()), http.GET.get("page"))
    counts = count(actor, now)
    return {
        "now": now,
        "filters": filters,
        "selects": [
            (name, title, choices, getattr(filters, name)) for name, (title, choices) in CHOICES.items()
        ],
        "counts": counts,
        "tiles": [(tile, tile.address == filters.address()) for tile in tiles(counts, now)],
        "tabs": _tabs(filters, counts),
        "groups": _groups(page, totals, actor, now, filters),
        "page": page,
        "total": sum(totals.values()),
    }


def neighbours(
    http: HttpRequest, request: ConsultationRequest
) -> tuple[int, int, ConsultationRequest | None, ConsultationRequest | None]:
    """Return place, count, previous and next request in the list that the person came from.

    Only the first five hundred are looked through; (0, 0, None, None) when the request is not among them.
    """
    filters = Filters.read(http.GET)
    listed = list(chosen(filters, actor_of(http), timezone.now()).only("pk", "reference")[:NEIGHBOURS])
    place = next((n for n, one in enumerate(listed) if one.pk == request.pk), None)
    if place is None:
        return 0, 0, None, None
    after = listed[place + 1] if place + 1 < len(listed) else None
    return place + 1, len(listed), listed[place - 1] if place else None, after


def _page(requests: QuerySet[ConsultationRequest], total: int, number: str | None) -> Page:
    rows = requests.select_related("assignee", "visit", "priority_set_by").defer("sealed_answers", "search")
    return KnownLength(rows, total).get_page(number)


def _groups(page: Page, totals: dict[int, int], actor: Actor, now: datetime, filters: Filters) -> list[Group]:
    clock, address = calendar(), filters.address()
    rows = [make_row(request, actor, now, clock, address=address) for request in page.object_list]
    return [
        Group(Pressing(rank), totals[rank], list(members))
        for rank, members in groupby(rows, key=lambda row: row.request.rank)  # type: ignore[attr-defined]
    ]


def _tabs(filters: Filters, counts: Any) -> list[tuple[str, int, str, bool]]:
    tabs = [(_("All"), counts.open, ""), (_("Mine"), counts.mine, MINE)]
    tabs.append((_("Unassigned"), counts.unassigned, NOBODY))
    return [(label, n, Filters(who=who).address(), filters.who == who) for label, n, who in tabs]
