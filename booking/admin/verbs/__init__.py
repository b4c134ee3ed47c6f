"""A page for each verb: GET shows what it needs, POST does it."""

from __future__ import annotations

from typing import Final

from booking.admin.verbs.amending import AmendDetails
from booking.admin.verbs.base import VerbPage
from booking.admin.verbs.book_time import BookTime
from booking.admin.verbs.calling import LogContact
from booking.admin.verbs.ends import Close, Decline, Reopen
from booking.admin.verbs.letters import Answer, AskPatient, MarkRead, MarkUnread
from booking.admin.verbs.links import RevokeLinks, SendLink
from booking.admin.verbs.merge import Merge
from booking.admin.verbs.offer_times import OfferTimes
from booking.admin.verbs.reading import SetPriority, StartReview
from booking.admin.verbs.responsible import Assign
from booking.admin.verbs.visits import CancelVisit, MarkNoShow, MarkSeen, MoveVisit, WishEarlier

PAGES: Final[tuple[VerbPage, ...]] = (
    StartReview(),
    Assign(),
    SetPriority(),
    LogContact(),
    AmendDetails(),
    AskPatient(),
    Answer(),
    MarkRead(),
    MarkUnread(),
    OfferTimes(),
    BookTime(),
    MoveVisit(),
    WishEarlier(),
    CancelVisit(),
    MarkSeen(),
    MarkNoShow(),
    Decline(),
    Close(),
    Reopen(),
    Merge(),
    SendLink(),
    RevokeLinks(),
)

__all__ = ["PAGES", "VerbPage"]
