"""Tables of the requests, one family per module. No verbs here: those are in booking/actions."""

from __future__ import annotations

from booking.models.access import AccessLog
from booking.models.account import AccountEvent, Invitation
from booking.models.count import DailyCount
from booking.models.draft import Draft
from booking.models.earlier import EarlierWish, FreedTime
from booking.models.event import Event
from booking.models.feed import CalendarFeed
from booking.models.key_check import KeyCheck
from booking.models.letter import Letter
from booking.models.link import Link
from booking.models.message import Message
from booking.models.note import Note
from booking.models.preferences import StaffPreferences
from booking.models.rate import RateCount
from booking.models.ready_text import ReadyText
from booking.models.request import ConsultationRequest
from booking.models.saved_filter import SavedFilter
from booking.models.schedule import Absence, Schedule, WorkingHours
from booking.models.tally import Tally, TallyMark
from booking.models.visit import Visit
from booking.models.visit_type import VisitType

__all__ = [
    "Absence",
    "AccessLog",
    "AccountEvent",
    "CalendarFeed",
    "ConsultationRequest",
    "DailyCount",
    "Draft",
    "EarlierWish",
    "Event",
    "FreedTime",
    "Invitation",
    "KeyCheck",
    "Letter",
    "Link",
    "Message",
    "Note",
    "RateCount",
    "ReadyText",
    "SavedFilter",
    "Schedule",
    "StaffPreferences",
    "Tally",
    "TallyMark",
    "Visit",
    "VisitType",
    "WorkingHours",
]
