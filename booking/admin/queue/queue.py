"""The queue: one page of requests in their groups, in as few queries as it takes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from booking.actions import Actor, accessible_to
from booking.admin.base.access import actor_of
from booking.admin.lists.bounded_counts import shown
from booking.admin.lists.filters import CALLS, MINE, NOBODY, Filters
from booking.admin.lists.groups import Groups, groups_of
from booking.admin.lists.sidebar import keep_counts
from booking.admin.lists.urgency import HINTS, QueueGroup, held_until
from booking.admin.queue.bulk_kinds import offered
from booking.admin.queue.counts import Counts, count, tiles
from booking.admin.queue.filter_chips import chips, heading, selects, whose
from booking.admin.queue.finished import LOOKED_THROUGH, finished_keys, finished_page, further_back, horizon
from booking.admin.queue.listing import ROWS, SHORT, Long, Page, page_of, short
from booking.admin.queue.views import views_of
from booking.admin.reading.duplicates import twin
from booking.admin.reading.rows import QueueRow, make_row
from booking.hours.clinic import calendar
from booking.models import ConsultationRequest
from booking.rules.statuses import Status

NEIGHBOURS: Final = SHORT
FOUND: Final = 200
# What the tiles show stands in these groups, or in those of one status.
SHOWN_IN: Final[dict[str, Groups]] = {
    "same-day": (QueueGroup.SAME_DAY,),
    "overdue": (QueueGroup.SAME_DAY, QueueGroup.OVERDUE),
    "today": (QueueGroup.SAME_DAY, QueueGroup.TODAY),
}
STATUS_OF: Final[dict[str, str]] = {
    "visits": Status.SCHEDULED,
    "lapsing": Status.TIMES_OFFERED,
    "doubtful": Status.NEW,
}


@dataclass(frozen=True)
class Group:
    """A heading of the queue with the rows of this page under it; `total` is "" when nobody counted."""

    pressing: QueueGroup
    total: str
    rows: list[QueueRow]

    @property
    def hint(self) -> str:
        """What the heading means."""
        return str(HINTS[self.pressing])


def chosen(filters: Filters, actor: Actor, now: datetime) -> QuerySet[ConsultationRequest]:
    """Return the requests that the filters leave, in no order."""
    user_id = actor.user.pk if actor.user else 0
    requests = ConsultationRequest.objects.filter(accessible_to(actor), filters.condition(user_id, now))
    if filters.find:
        # A name that hundreds share helps nobody: the page says so, and shows the first of them.
        found = ConsultationRequest.objects.matching(filters.hashes).filter(accessible_to(actor))
        requests = requests.filter(pk__in=found.order_by().values("pk")[:FOUND])
    return requests


def queue(request: HttpRequest) -> dict[str, Any]:
    """Return what the queue's template shows."""
    actor, now, filters = actor_of(request), timezone.now(), Filters.read(request.GET)
    requests = chosen(filters, actor, now)
    since = horizon(filters, now) if filters.finished else None
    counts = count(actor, now, to_count(filters, actor, now), since)
    keep_counts(request, vars(counts))
    typed = request.GET.get("page", "")
    number = int(typed) if typed.isdecimal() and len(typed) < 9 else 1
    if filters.finished:
        page = finished_page(requests, counts.since, number)
    else:
        size = 0 if filters.find else counts.chosen
        page = page_of(requests, size, number, now, _groups_of(filters))
    who = whose(counts.colleagues)
    return {
        "now": now,
        "filters": filters,
        "selects": selects(filters, who),
        "chips": chips(filters, who),
        "heading": heading(filters),
        "counts": counts,
        "open_shown": shown(counts.open),
        "late_shown": shown(counts.overdue),
        "tiles": [(tile, not tile.page and tile.address == filters.address()) for tile in tiles(counts, now)],
        "tabs": _tabs(filters, counts),
        "groups": _groups(page, actor, now, filters),
        "page": page,
        "looked_through": f"{LOOKED_THROUGH:,}",
        "further_back": further_back(filters, page.since) if page.since and not page.has_next else "",
        "bulks": offered(actor),
        "views": views_of(counts.views, filters),
        "too_many": filters.find and page.size == FOUND,
    }


def to_count(filters: Filters, actor: Actor, now: datetime) -> dict[str, QuerySet[ConsultationRequest]]:
    """Return what tells how long a list is, as "chosen"; nothing where that is known.

    All that is open is counted anyway; a list of finished requests and a search are bounded as they are.
    """
    known = filters == Filters() or filters.finished or filters.find
    return {} if known else {"chosen": chosen(filters, actor, now).order_by()[:SHORT]}


def neighbours(
    request: HttpRequest, consultation: ConsultationRequest, size: int
) -> tuple[int, int, UUID | None, UUID | None]:
    """Return place, count, previous and next request in the list that the person came from, of this `size`.

    Only the first five hundred are looked through; (0, 0, None, None) when the request is not among them.
    """
    actor, now, filters = actor_of(request), timezone.now(), Filters.read(request.GET)
    requests = chosen(filters, actor, now)
    if filters.finished:
        keys = finished_keys(requests, filters, now, NEIGHBOURS)
    elif filters.find or size < SHORT:
        keys = short(requests, now)
    else:
        keys = Long(requests, now, _groups_of(filters)).first(NEIGHBOURS)
    listed = [pk for pk, _group in keys]
    if consultation.pk not in listed:
        return 0, 0, None, None
    place = listed.index(consultation.pk)
    before = listed[place - 1] if place else None
    return place + 1, len(listed), before, listed[place + 1] if place + 1 < len(listed) else None


def _groups_of(filters: Filters) -> Groups:
    """Return the groups in which what these filters leave may stand."""
    if filters.show == CALLS:
        return tuple(QueueGroup)
    return SHOWN_IN.get(filters.show) or groups_of(STATUS_OF.get(filters.show, filters.status))


def _groups(page: Page, actor: Actor, now: datetime, filters: Filters) -> list[Group]:
    clock, address = calendar(), filters.address()
    found = ConsultationRequest.objects.select_related("assignee", "visit", "priority_set_by")
    rows = (
        found.annotate(has_twin=twin(actor), held_until=held_until())
        .defer("sealed_answers", "search")
        .in_bulk([pk for pk, _group in page.keys])
    )
    return [
        Group(
            pressing,
            _size(page, pressing),
            [make_row(rows[pk], pressing, actor, now, clock, address=address) for pk, _group in members],
        )
        for pressing, members in groupby(page.keys, key=lambda key: key[1])
    ]


def _size(page: Page, pressing: QueueGroup) -> str:
    """Return how many stand in a group; "" where counting stopped at the end of the page."""
    stopped = page.size > page.number * ROWS and pressing == max(page.totals)
    return "" if page.since or (stopped and not page.known) else shown(page.totals[pressing])


def _tabs(filters: Filters, counts: Counts) -> list[tuple[str, str, str, bool]]:
    tabs = [(_("All"), counts.open, ""), (_("Mine"), counts.mine, MINE)]
    tabs.append((_("Unassigned"), counts.unassigned, NOBODY))
    whole = [(label, shown(n), Filters(who=who)) for label, n, who in tabs]
    return [(label, n, tab.address(), tab == filters) for label, n, tab in whole]
