"""The staff workspace, inside Django's admin: the queue, the request page, and a page for each verb."""

from __future__ import annotations

from booking.admin.requests import RequestAdmin
from booking.admin.verbs.ready_texts import ReadyTextAdmin
from booking.admin.visits.schedules import ScheduleAdmin, VisitTypeAdmin
from booking.admin.visits.visits import VisitAdmin

__all__ = ["ReadyTextAdmin", "RequestAdmin", "ScheduleAdmin", "VisitAdmin", "VisitTypeAdmin"]
