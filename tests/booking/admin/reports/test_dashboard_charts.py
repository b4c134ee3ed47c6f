"""Charts as numbers: scales are round, nothing leaves the frame, a gap stays a gap."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.admin.reports.dashboard_charts import FLOOR, TOP, WIDTH, bars, curves, shares, stacked, ticks


@given(st.floats(0, 1_000_000))
def test_a_scale_is_round_and_reaches_the_highest_value(most: float) -> None:
    marks = ticks(most)
    assert marks[0] == 0 and marks[-1] >= most and 2 <= len(marks) <= 7
    assert len({after - before for before, after in zip(marks, marks[1:], strict=False)}) == 1


@given(st.lists(st.lists(st.integers(0, 5_000), min_size=5, max_size=5), min_size=1, max_size=60))
def test_columns_stay_in_the_frame_and_are_as_high_as_their_parts(rows: list[list[int]]) -> None:
    chart = stacked("t", list("abcde"), [str(n) for n in range(len(rows))], rows)
    for box in chart.boxes:
        assert float(box.x) >= 40 and float(box.x) + float(box.width) <= WIDTH + 0.2
        assert float(box.y) >= TOP - 0.2 and float(box.y) + float(box.height) <= FLOOR + 0.2
    assert len(chart.boxes) == sum(part > 0 for row in rows for part in row)


def test_a_week_without_a_value_breaks_the_line_and_leaves_no_column() -> None:
    line = curves("t", list("wxyz"), [("a", "Half", [1.0, None, 2.0, 3.0])]).curves[0]
    assert len(line.points) == 3 and len(line.pieces) == 1 and line.pieces[0].count(",") == 2
    assert len(shares("t", list("wxyz"), [50.0, None, 100.0, 0.0]).boxes) == 3


def test_names_at_the_ends_of_lines_do_not_lie_on_each_other() -> None:
    chart = curves("t", ["w"], [("a", "Half", [4.9]), ("b", "9 in 10", [5.0])])
    half, most = (float(word.y) for word in chart.words if word.kind == "name")
    assert half - most >= 16, "the higher value has its name above"


def test_a_year_of_weeks_leaves_room_between_labels() -> None:
    chart = stacked("t", ["a"], [f"Sep {n}" for n in range(53)], [[1]] * 53)
    labels = [word.text for word in chart.words if word.kind.startswith("label")]
    assert len(labels) <= 8 and labels[:2] == ["Sep 0", "7"]
    assert not [word for word in chart.words if word.kind == "value"]


def test_a_quarter_names_every_second_week_and_its_last() -> None:
    weeks = ["Aug 31", "Sep 7", "Sep 14", "Sep 21", "Sep 28", "Oct 5", "Oct 12"]
    weeks += ["Oct 19", "Oct 26", "Nov 2", "Nov 9", "Nov 16", "Nov 23*"]
    words = [one for one in stacked("t", ["a"], weeks, [[1]] * 13).words if one.kind.startswith("label")]
    assert [one.text for one in words] == ["Aug 31", "Sep 14", "28", "Oct 12", "26", "Nov 9", "Nov 23*"]
    assert [one.text for one in words if one.kind == "label"] == ["Aug 31", "Oct 12", "Nov 23*"]


@pytest.mark.parametrize(("of", "note"), [(None, "80%"), (16, "50%")])
def test_the_longest_bar_fills_the_line(of: int | None, note: str) -> None:
    first, second = bars([("Seen", 8), ("Closed", 2)], of=of)
    assert (first.length, second.length, first.note) == ("100", "25", note)
    assert bars([("Seen", 0)])[0].length == "0"
