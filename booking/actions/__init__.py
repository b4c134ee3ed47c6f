"""The verbs. Each is one function in one transaction; nothing else changes a request."""

from __future__ import annotations

from booking.actions._actor import Actor
from booking.actions.amend_details import amend_details
from booking.actions.assign import assign
from booking.actions.book_time import book_time
from booking.actions.close import close, decline, reopen
from booking.actions.log_contact import log_contact
from booking.actions.mark_visit import mark_no_show, mark_seen
from booking.actions.purge import Purged, purge
from booking.actions.record_access import record_access
from booking.actions.set_priority import set_priority
from booking.actions.start_review import start_review
from booking.actions.submit import submit
from booking.actions.take_call import take_call
from booking.actions.write_note import write_note

__all__ = [
    "Actor",
    "Purged",
    "amend_details",
    "assign",
    "book_time",
    "close",
    "decline",
    "log_contact",
    "mark_no_show",
    "mark_seen",
    "purge",
    "record_access",
    "reopen",
    "set_priority",
    "start_review",
    "submit",
    "take_call",
    "write_note",
]
