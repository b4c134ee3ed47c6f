"""Requests for an export: chosen by received day and status, then read a few at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet

from booking.models import ConsultationRequest

# Each is opened, written and forgotten before the next few are read.
AT_ONCE: Final = 200


def chosen(start: datetime, end: datetime, statuses: Iterable[str]) -> QuerySet[ConsultationRequest]:
    """Return the requests received from `start` to before `end`, oldest first; no status means all."""
    found = ConsultationRequest.objects.filter(received_at__gte=start, received_at__lt=end)
    wanted = list(statuses)
    return (found.filter(status__in=wanted) if wanted else found).order_by("received_at", "id")


def one_alone(reference: str, *, with_merged: bool) -> QuerySet[ConsultationRequest]:
    """Return the request of a reference; with what was merged into it, as its page shows it."""
    wanted = Q(reference=reference)
    if with_merged:
        wanted |= Q(merged_into__reference=reference)
    return ConsultationRequest.objects.filter(wanted).order_by("received_at", "id")


def keys(requests: QuerySet[ConsultationRequest], most: int) -> list[UUID]:
    """Return the keys of at most so many requests: exactly what is recorded, and then exported."""
    return list(requests.values_list("pk", flat=True)[:most])


def opened(pks: Sequence[UUID], *, related: Sequence[str] = ()) -> Iterator[ConsultationRequest]:
    """Return the requests in the order of their keys, with visit and staff; memory holds a few at a time."""
    for start in range(0, len(pks), AT_ONCE):
        some = pks[start : start + AT_ONCE]
        rows = ConsultationRequest.objects.select_related("assignee", "visit__clinician")
        found = rows.prefetch_related(*related).in_bulk(some)
        yield from (found[pk] for pk in some if pk in found)
