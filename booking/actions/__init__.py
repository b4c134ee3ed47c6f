"""The verbs. Each is one function in one transaction; nothing else changes a request."""

from __future__ import annotations

from booking.actions._access import accessible_to, may_open, sees_calendar, their_own
from booking.actions._actor import Actor
from booking.actions.abuse import (
    ask_for_code,
    confirm,
    make_code,
    may_ask_for_link,
    may_begin,
    may_try_birth_date,
    weigh,
)
from booking.actions.amend_details import amend_details
from booking.actions.assign import assign
from booking.actions.book_time import book_time
from booking.actions.change_contact import change_contact
from booking.actions.close import close, decline, reopen
from booking.actions.feeds import record_feed_read, renew_feed, revoke_feed
from booking.actions.letters import answer, ask_patient, mark_read, mark_unread, reply
from booking.actions.links import renew_link, revoke_links, send_link
from booking.actions.log_contact import log_contact
from booking.actions.mark_visit import mark_no_show, mark_seen
from booking.actions.merge import merge, why_not_merged
from booking.actions.move_promises import move_promises
from booking.actions.offers import (
    accept_time,
    decline_times,
    lapse_due,
    lapse_offers,
    offer_times,
)
from booking.actions.outdated_notices import drop_run_out
from booking.actions.purge import Purged, purge
from booking.actions.record_access import record_access, record_export, record_looks, record_sheet
from booking.actions.remind import apologize, remind_of_visits, warn_of_lapsing
from booking.actions.set_priority import set_priority
from booking.actions.start_review import start_review
from booking.actions.submit import submit
from booking.actions.take_call import take_call
from booking.actions.tally import forget_tallies, tally, tally_all
from booking.actions.unlock import Opened, find_link, lock, opened_key, opened_link, unlock
from booking.actions.visits import ask_to_move, cancel_visit, move_visit
from booking.actions.wish_earlier import ask_earlier, wish_earlier
from booking.actions.withdraw import withdraw
from booking.actions.write_note import write_note

__all__ = [
    "Actor",
    "Opened",
    "Purged",
    "accept_time",
    "amend_details",
    "answer",
    "apologize",
    "ask_earlier",
    "ask_for_code",
    "ask_patient",
    "ask_to_move",
    "assign",
    "book_time",
    "cancel_visit",
    "change_contact",
    "close",
    "confirm",
    "decline",
    "decline_times",
    "drop_run_out",
    "find_link",
    "forget_tallies",
    "lapse_due",
    "lapse_offers",
    "lock",
    "log_contact",
    "make_code",
    "mark_no_show",
    "mark_read",
    "mark_seen",
    "mark_unread",
    "may_ask_for_link",
    "may_begin",
    "may_open",
    "may_try_birth_date",
    "move_promises",
    "merge",
    "move_visit",
    "offer_times",
    "opened_key",
    "opened_link",
    "purge",
    "record_access",
    "record_export",
    "record_feed_read",
    "record_looks",
    "record_sheet",
    "remind_of_visits",
    "renew_feed",
    "renew_link",
    "reopen",
    "reply",
    "revoke_feed",
    "revoke_links",
    "sees_calendar",
    "send_link",
    "set_priority",
    "start_review",
    "submit",
    "take_call",
    "tally",
    "tally_all",
    "their_own",
    "unlock",
    "warn_of_lapsing",
    "weigh",
    "wish_earlier",
    "why_not_merged",
    "withdraw",
    "accessible_to",
    "write_note",
]
