"""Rows of the drawn calendar: a quarter of an hour each, by the clock on the wall."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from booking.admin.calendar.calendar_grid import Block, Column, Window, behind, sheets, side_by_side
from booking.rules.free_times import Schedule, Span
from booking.rules.reply_by import Calendar

DENVER = ZoneInfo("America/Denver")
MONDAY = dt.date(2026, 11, 30)
HOUR = dt.timedelta(hours=1)


def at(hour: int, minute: int = 0, day: dt.date = MONDAY) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour, minute), DENVER)


def window(*spans: Span) -> Window:
    return Window.around(DENVER, [((dt.time(8), dt.time(17)),)], spans)


@pytest.mark.parametrize(
    ("start", "length", "row", "rows"),
    [
        (at(8), HOUR, 1, 4),
        (at(9, 15), HOUR / 4, 6, 1),
        (at(16), 3 * HOUR, 33, 4),
        (at(8), dt.timedelta(minutes=20), 1, 2),
    ],
)
def test_a_visit_lies_on_its_rows_inside_the_window(start, length, row, rows) -> None:
    block = window().block("first", Span(start, start + length), "T. P.")
    assert (block.row, block.rows) == (row, rows)


def test_the_window_grows_with_what_lies_outside_the_hours() -> None:
    early = Span(at(6, 30), at(7))
    late = Span(at(22, 30), at(23, 30))
    assert (window(early).first, window(late).last) == (6, 24)
    assert window(Span(at(23), at(23) + 2 * HOUR)).last == 24


def test_a_day_on_which_clocks_change_is_drawn_by_the_clock() -> None:
    spring = dt.date(2026, 3, 8)
    before, after = at(1, day=spring), at(8, day=spring)
    assert (after - before.astimezone(dt.UTC)) == 6 * HOUR, "one hour is missing that night"
    assert window().block("first", Span(after, after + HOUR), "").row == 1


def test_what_is_not_worked_is_drawn_before_between_and_after_the_hours() -> None:
    plan = Schedule(
        Calendar("America/Denver"),
        weekly={0: ((dt.time(9), dt.time(12)), (dt.time(13), dt.time(16)))},
    )
    gaps = window().gaps(plan, MONDAY, ("Not working", "Break"))
    assert [(one.title, one.row, one.rows) for one in gaps] == [
        ("Not working", 1, 4),
        ("Break", 17, 4),
        ("Not working", 33, 4),
    ]
    [whole] = window().gaps(plan, MONDAY + dt.timedelta(days=1), ("Not working", "Break"))
    assert (whole.row, whole.rows) == (1, 36)


@pytest.mark.parametrize(
    ("span", "rows"),
    [
        (Span(at(0), at(0) + 24 * HOUR), (1, 36)),
        (Span(at(9), at(10)), (5, 4)),
        (Span(at(12) - 48 * HOUR, at(9)), (1, 4)),
        (Span(at(16), at(16) + 48 * HOUR), (33, 4)),
        (Span(at(18), at(19)), None),
        (Span(at(9) + 24 * HOUR, at(10) + 24 * HOUR), None),
    ],
)
def test_an_absence_is_cut_to_the_day_and_the_window(span, rows) -> None:
    block = window().off(MONDAY, span, "Away")
    assert (block and (block.row, block.rows)) == rows


def test_blocks_that_share_rows_lie_side_by_side() -> None:
    rows = [(1, 4), (3, 4), (6, 2), (9, 1), (10, 1)]
    lanes = [one.lane for one in side_by_side([Block("first", row, size, "") for row, size in rows])]
    assert lanes == ["left", "right", "left", "", ""]


@pytest.mark.parametrize(("columns", "sizes"), [(0, []), (1, [1]), (6, [6]), (7, [4, 3]), (20, [5] * 4)])
def test_more_columns_than_can_be_read_are_shared_out_among_sheets(columns: int, sizes: list[int]) -> None:
    drawn = sheets([Column(str(n), "", "", False) for n in range(columns)], 6)
    assert [len(sheet) for sheet in drawn] == sizes
    assert [column.title for sheet in drawn for column in sheet] == [str(n) for n in range(columns)]


def test_an_absence_behind_visits_says_what_it_is_where_it_can_be_read() -> None:
    visits = [Block("lost", row, rows, "") for row, rows in ((3, 4), (11, 2))]
    pieces = behind(Block("off", 1, 20, "Vacation"), visits)
    assert [(one.row, one.rows, one.title) for one in pieces] == [
        (1, 2, ""),
        (7, 4, ""),
        (13, 8, "Vacation"),
    ]
    assert behind(Block("off", 3, 4, "Vacation"), visits) == []
