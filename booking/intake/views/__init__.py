"""The pages of the request. They resolve, bind, call and redirect."""

from __future__ import annotations

from booking.intake.views.endings import clear, sent, stop
from booking.intake.views.notices import same_day, under_18
from booking.intake.views.record import record
from booking.intake.views.start import about, start
from booking.intake.views.step import step

__all__ = ["about", "clear", "record", "same_day", "sent", "start", "step", "stop", "under_18"]
