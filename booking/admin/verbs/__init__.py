"""A page for each verb: GET shows what it needs, POST does it."""

from __future__ import annotations

from typing import Final

from booking.admin.verbs.base import VerbPage
from booking.admin.verbs.book_time import BookTime
from booking.admin.verbs.ends import Close, Decline, Reopen
from booking.admin.verbs.reading import LogContact, SetPriority, StartReview
from booking.admin.verbs.responsible import AmendDetails, Assign
from booking.admin.verbs.visits import MarkNoShow, MarkSeen

PAGES: Final[tuple[VerbPage, ...]] = (
    StartReview(),
    Assign(),
    SetPriority(),
    LogContact(),
    AmendDetails(),
    BookTime(),
    MarkSeen(),
    MarkNoShow(),
    Decline(),
    Close(),
    Reopen(),
)

__all__ = ["PAGES", "VerbPage"]
