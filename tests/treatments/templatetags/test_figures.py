from __future__ import annotations

from decimal import Decimal
from types import SimpleNamespace

import pytest

from treatments.templatetags.figures import BLOCK, bars, people


def finding(botox: str, placebo: str) -> SimpleNamespace:
    return SimpleNamespace(with_botox=Decimal(botox), with_placebo=Decimal(placebo))


def test_each_day_is_one_block_and_the_last_one_is_cut():
    drawn = bars(finding("9.0", "6.7"))
    assert drawn.each == 1
    assert (len(drawn.botox), len(drawn.placebo)) == (9, 7)
    assert drawn.placebo[-1].width < drawn.placebo[0].width


def test_large_numbers_are_drawn_ten_to_a_block():
    drawn = bars(finding("73.3", "25.0"))
    assert drawn.each == 10
    assert (len(drawn.botox), len(drawn.placebo)) == (8, 3)


def test_both_bars_fit_the_drawing_on_one_scale():
    drawn = bars(finding("100", "12.5"))
    ends = [block.x + block.width for block in (*drawn.botox, *drawn.placebo)]
    assert max(ends) <= drawn.width


def test_the_bracket_spans_the_difference_whichever_figure_is_higher():
    drawn = bars(finding("5.2", "5.3"))
    assert (drawn.lower, drawn.higher) == (round(5.2 * BLOCK), round(5.3 * BLOCK))
    assert drawn.lower_percent == 52


def test_nothing_measured_draws_no_block():
    assert bars(finding("0", "0")).botox == []


@pytest.mark.parametrize(
    ("per_100", "rows", "rest"), [(13, 1, 3), (5, 0, 5), (0, 0, 0), (100, 10, 0), (130, 10, 0)]
)
def test_people_fill_the_square_row_by_row(per_100: int, rows: int, rest: int):
    drawn = people(per_100)
    assert (drawn.rows, drawn.rest) == (rows, rest)
