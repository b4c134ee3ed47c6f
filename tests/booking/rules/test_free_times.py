"""Free times, on plain days and on the two a year when clocks are changed."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.rules.free_times import Schedule, Span, free_times
from booking.rules.reply_by import Calendar

PHOENIX, DENVER = "America/Phoenix", "America/Denver"
LONG_AGO = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
MONDAY = dt.date(2026, 11, 30)
# 2026-03-08: in Denver two o'clock is three. 2026-11-01: the hour from one to two comes twice. Both Sundays.
SPRING, AUTUMN = dt.date(2026, 3, 8), dt.date(2026, 11, 1)


def schedule(zone: str = PHOENIX, *hours: tuple[int, int], **fields: object) -> Schedule:
    stretches = tuple((dt.time(opens), dt.time(closes)) for opens, closes in hours)
    clock = Calendar(zone, hours=dict.fromkeys(range(7), stretches or ((dt.time(8), dt.time(17)),)))
    return Schedule(clock, **fields)  # type: ignore[arg-type]


def at(day: dt.date, hour: int, minute: int = 0, zone: str = PHOENIX) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour, minute), ZoneInfo(zone))


def starts(plan: Schedule, day: dt.date = MONDAY, taken: tuple[Span, ...] = (), length=HOUR, after=LONG_AGO):
    return [f"{one:%H:%M}" for one in free_times(plan, [day], taken, length, after)]


def test_visits_follow_one_another_inside_each_stretch() -> None:
    assert starts(schedule(PHOENIX, (8, 12), (13, 15))) == [
        "08:00",
        "09:00",
        "10:00",
        "11:00",
        "13:00",
        "14:00",
    ]
    ninety = dt.timedelta(minutes=90)
    assert starts(schedule(PHOENIX, (8, 12)), length=ninety) == ["08:00", "09:30"]


def test_what_is_taken_pushes_the_next_start_to_a_quarter() -> None:
    taken = Span(at(MONDAY, 9), at(MONDAY, 9, 40))
    assert starts(schedule(PHOENIX, (8, 12)), taken=(taken,)) == ["08:00", "09:45", "10:45"]


def test_a_visit_may_begin_when_another_ends() -> None:
    taken = Span(at(MONDAY, 9), at(MONDAY, 10))
    assert starts(schedule(PHOENIX, (8, 11)), taken=(taken,)) == ["08:00", "10:00"]


def test_absences_closures_holidays_and_days_off_have_no_times() -> None:
    away = Span(at(MONDAY, 7), at(MONDAY, 10))
    assert starts(schedule(PHOENIX, (8, 12), absences=(away,))) == ["10:00", "11:00"]
    closed = Schedule(Calendar(PHOENIX, closures=((MONDAY, MONDAY),)))
    assert starts(closed) == []
    assert starts(schedule(), dt.date(2026, 12, 25)) == []
    assert starts(schedule(weekly={1: ((dt.time(8), dt.time(9)),)})) == []


def test_own_hours_take_the_place_of_the_clinics() -> None:
    own = {0: ((dt.time(7), dt.time(9)),)}
    assert starts(schedule(weekly=own)) == ["07:00", "08:00"]
    # The clinic answers no phone on Saturdays; this clinician works then.
    saturday = Schedule(Calendar(PHOENIX), weekly={5: ((dt.time(9), dt.time(10)),)})
    assert starts(saturday, dt.date(2026, 12, 5)) == ["09:00"]


def test_a_clinician_who_takes_no_visits_has_no_times() -> None:
    assert starts(schedule(takes_visits=False)) == []


def test_only_what_lies_ahead_is_free() -> None:
    assert starts(schedule(PHOENIX, (8, 11)), after=at(MONDAY, 8, 20)) == ["09:00", "10:00"]


def test_the_hour_that_is_skipped_is_promised_to_nobody() -> None:
    plan = schedule(DENVER, (0, 5))
    found = free_times(plan, [SPRING], (), HOUR, LONG_AGO)
    assert [one.isoformat() for one in found] == [
        "2026-03-08T00:00:00-07:00",
        "2026-03-08T01:00:00-07:00",
        "2026-03-08T03:00:00-06:00",
        "2026-03-08T04:00:00-06:00",
    ]
    assert starts(schedule(PHOENIX, (0, 5)), SPRING) == ["00:00", "01:00", "02:00", "03:00", "04:00"]


def test_the_hour_that_comes_twice_is_given_twice() -> None:
    found = free_times(schedule(DENVER, (1, 3)), [AUTUMN], (), HOUR, LONG_AGO)
    assert [one.isoformat() for one in found] == [
        "2026-11-01T01:00:00-06:00",
        "2026-11-01T01:00:00-07:00",
        "2026-11-01T02:00:00-07:00",
    ]
    assert starts(schedule(PHOENIX, (1, 3)), AUTUMN) == ["01:00", "02:00"]


def test_hours_that_do_not_exist_that_night_hold_nothing() -> None:
    quarter = dt.timedelta(minutes=15)
    assert free_times(schedule(DENVER, (2, 3)), [SPRING], (), quarter, LONG_AGO) == []


def test_an_ordinary_day_keeps_its_wall_clock_across_the_change() -> None:
    for day in (SPRING - dt.timedelta(days=1), SPRING, AUTUMN - dt.timedelta(days=1), AUTUMN):
        assert starts(schedule(DENVER, (8, 10)), day) == ["08:00", "09:00"]


@pytest.mark.parametrize("day", [SPRING, AUTUMN])
@given(
    opens=st.integers(0, 22),
    stay=st.integers(1, 10),
    quarters=st.integers(1, 8),
    taken=st.lists(st.tuples(st.integers(0, 95), st.integers(1, 8)), max_size=4),
)
def test_free_visits_never_overlap_and_last_their_length_inside_the_hours(
    day: dt.date, opens: int, stay: int, quarters: int, taken: list[tuple[int, int]]
) -> None:
    quarter = dt.timedelta(minutes=15)
    plan = schedule(DENVER, (opens, min(opens + stay, 23)))
    midnight = at(day, 0, zone=DENVER).astimezone(dt.UTC)
    spans = tuple(Span(midnight + a * quarter, midnight + (a + n) * quarter) for a, n in taken)
    visits = [
        Span(one.astimezone(dt.UTC), one.astimezone(dt.UTC) + quarters * quarter)
        for one in free_times(plan, [day], spans, quarters * quarter, LONG_AGO)
    ]
    for before, after in zip(visits, visits[1:], strict=False):
        assert before.ends_at <= after.starts_at
    for visit in visits:
        assert not any(visit.meets(span) for span in spans)
        assert plan.works(visit)
