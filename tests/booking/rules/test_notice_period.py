"""How long before an earlier time a patient must hear of it."""

from __future__ import annotations

import datetime as dt

import pytest

from booking.rules.notice_period import LENGTH, NoticePeriod, in_time

NOW = dt.datetime(2026, 11, 23, 16, tzinfo=dt.UTC)


@pytest.mark.parametrize("ahead", ["", *NoticePeriod.values])
def test_a_time_is_in_time_up_to_the_very_moment(ahead: str) -> None:
    last = NOW + (LENGTH[NoticePeriod(ahead)] if ahead else dt.timedelta(0))
    assert in_time(ahead, last, NOW)
    assert not in_time(ahead, last - dt.timedelta(seconds=1), NOW)


def test_every_choice_has_its_length_and_they_grow() -> None:
    lengths = [LENGTH[ahead] for ahead in NoticePeriod]
    assert lengths == sorted(set(lengths))
