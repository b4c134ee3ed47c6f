"""The staff workspace, inside Django's admin: the queue, the request page, and a page for each verb."""

from __future__ import annotations

from booking.admin.ready_texts import ReadyTextAdmin
from booking.admin.requests import RequestAdmin
from booking.admin.schedules import ScheduleAdmin, VisitTypeAdmin
from booking.admin.visits import VisitAdmin

__all__ = ["ReadyTextAdmin", "RequestAdmin", "ScheduleAdmin", "VisitAdmin", "VisitTypeAdmin"]
