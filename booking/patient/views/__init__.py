"""The pages behind a private link. They resolve, bind, call and redirect."""

from __future__ import annotations

from booking.patient.views.acting import act
from booking.patient.views.page import page, visit_calendar
from booking.patient.views.times import accept, choose
from booking.patient.views.unlock import lock, open_link, renew, renewed

__all__ = [
    "accept",
    "act",
    "choose",
    "lock",
    "open_link",
    "page",
    "renew",
    "renewed",
    "visit_calendar",
]
