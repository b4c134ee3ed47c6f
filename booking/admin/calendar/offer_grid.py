"""The week on which times are offered, drawn as the calendar is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from booking.admin.calendar.calendar_days import closure_words
from booking.admin.calendar.calendar_grid import Block, Window
from booking.admin.calendar.times import Day, Taken, Time
from booking.hours.clinicians import Plan
from booking.rules.free_times import Span


@dataclass(frozen=True)
class Cell:
    """A time to choose, one that is taken, or a stretch in which nobody works, at its place."""

    place: Block
    time: Time | Taken | None = None


@dataclass(frozen=True)
class Drawn:
    """A day with its cells, from the top."""

    day: Day
    cells: list[Cell]


def draw_offer(plan: Plan, days: list[Day], length: timedelta) -> tuple[Window, list[Drawn]]:
    """Return the hours that are drawn, and each day's cells on them."""
    zone = ZoneInfo(plan.schedule.clock.zone)
    spans = [_span(time, length) for day in days for time in day.cells]
    window = Window.around(zone, [plan.schedule.hours(day.day) for day in days], spans)
    return window, [Drawn(day, _cells(day, plan, window, length)) for day in days]


def _cells(day: Day, plan: Plan, window: Window, length: timedelta) -> list[Cell]:
    if day.is_closed:
        off = [Block("off", 1, window.rows, closure_words(day.day))]
    else:
        away = [window.off(day.day, one.span, str(one.get_kind_display())) for one in plan.absences]
        off = [
            *window.gaps(plan.schedule, day.day, (_("Not working"), _("Break"))),
            *(one for one in away if one),
        ]
    times = [Cell(window.block("pick", _span(time, length), ""), time) for time in day.cells]
    return sorted([*map(Cell, off), *times], key=lambda cell: (cell.place.row, cell.time is not None))


def _span(time: Time | Taken, length: timedelta) -> Span:
    return Span(time.starts_at, time.ends_at if isinstance(time, Taken) else time.starts_at + length)
