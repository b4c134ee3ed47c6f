"""What the lists and figures of the requests are read from."""

from __future__ import annotations

from typing import Final

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from booking.rules.statuses import FINAL, OPEN, OWED

_OPEN = Q(status__in=sorted(OPEN))
_FINAL = Q(status__in=sorted(FINAL))
_DUE = ["reply_by", "received_at", "id"]
_LATEST = ["-status_changed_at", "id"]

INDEXES: Final[list[models.Index]] = [
    # The groups and filters of the queue, in its own order. They hold open requests alone, so they
    # stay small however old the clinic is.
    *(
        models.Index(fields=[*first, *_DUE], name=f"request_open_{name}", condition=_OPEN)
        for name, first in (
            ("due", []),
            ("assignee", ["assignee"]),
            ("topic", ["topic"]),
            ("priority", ["priority"]),
        )
    ),
    # All figures of open requests come from the first thousand of each status, and from this index alone.
    models.Index(
        fields=["status", *_DUE],
        include=["priority", "assignee", "news", "flags", "answered_at"],
        name="request_open_figures",
        condition=_OPEN,
    ),
    # A promise that still runs: the very condition that lists ask for, or the planner goes other ways.
    models.Index(
        fields=_DUE,
        name="request_ticking",
        condition=_OPEN & Q(answered_at=None) & (Q(status__in=sorted(OWED)) | ~Q(news="")),
    ),
    models.Index(fields=_DUE, name="request_with_news", condition=_OPEN & ~Q(news="")),
    models.Index(
        fields=["call_back_at"], name="request_call_back", condition=_OPEN & Q(call_back_at__isnull=False)
    ),
    GinIndex(fields=["flags"], name="request_open_flags", condition=_OPEN),
    # Finished ones, the latest first, with all that they are filtered by: whatever is chosen, one index
    # is walked, as far as booking.admin.queue.finished lets it, and the table itself is left alone.
    models.Index(
        fields=_LATEST,
        include=["status", "topic", "priority", "language", "assignee", "flags"],
        name="request_ended",
        condition=_FINAL,
    ),
    models.Index(fields=["person_hash"], name="request_person_hash"),
    models.Index(fields=["merged_into"], name="request_merged", condition=Q(merged_into__isnull=False)),
    # The figures read a range of this index and nothing of the table.
    models.Index(
        fields=["received_at"],
        include=["topic", "status", "outcome_reason", "source", "first_contact_at", "first_reply_by"],
        name="request_figures",
    ),
    # Empty once each first promise is filled in.
    models.Index(fields=["received_at"], name="request_without_promise", condition=Q(first_reply_by=None)),
    GinIndex(fields=["search"], name="request_search"),
]
