"""Tallies say what the requests say, whatever happened since they were counted, and whoever counts them."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection

from booking import actions
from booking.admin.reports.dashboard_figures import Figures, figures
from booking.hours.clinic import promised_reply
from booking.models import ConsultationRequest, Tally, TallyMark
from booking.rules.figures import WEEK, Span, monday
from booking.rules.reasons import CloseReason, ContactOutcome
from booking.rules.statuses import OPEN, Status
from tests.factories import everybody, make_answers, make_request
from treatments.clinic import clinic
from treatments.models import Clinic, Closure

pytestmark = pytest.mark.django_db
ZONE = ZoneInfo("America/Phoenix")
# A Wednesday, two in the afternoon in Phoenix.
NOW = dt.datetime(2026, 11, 18, 21, tzinfo=dt.UTC)
TODAY = dt.date(2026, 11, 18)
SPAN = Span(dt.date(2026, 10, 26), TODAY)
LATER = dt.timedelta(minutes=6)


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def asked(at: dt.datetime, *, topic: str = "migraine", **columns: object) -> ConsultationRequest:
    return make_request(
        answers=make_answers(topic=topic),
        received_at=at,
        reply_by=at + dt.timedelta(days=30),
        **{"first_reply_by": promised_reply(at), **columns},
    )


def phoenix(day: int, hour: float = 10, month: int = 11) -> dt.datetime:
    return dt.datetime(2026, month, day, 7, tzinfo=dt.UTC) + dt.timedelta(hours=hour)


def shown(after: dt.timedelta = dt.timedelta(0)) -> Figures:
    with time_machine.travel(NOW + after, tick=False):
        return figures(SPAN, "", NOW + after)


def plainly(span: Span, topic: str) -> tuple[object, ...]:
    """Count the requests one by one, in Python."""
    start, end = span.moments(str(ZONE))
    weeks, kept, due = Counter[tuple[dt.date, str]](), Counter[dt.date](), Counter[dt.date]()
    outcomes, sent = Counter[tuple[str, str]](), 0
    for one in ConsultationRequest.objects.filter(received_at__gte=start, received_at__lt=end):
        sent += one.source == "web"
        if topic and one.topic != topic:
            continue
        week = monday(one.received_at.astimezone(ZONE).date())
        promise = one.first_reply_by or promised_reply(one.received_at)
        weeks[week, one.topic] += 1
        outcomes[one.status, one.outcome_reason] += 1
        kept[week] += bool(one.first_contact_at and one.first_contact_at <= promise)
        due[week] += bool(one.first_contact_at) or (one.status in OPEN and promise < NOW)
    return weeks, +kept, +due, outcomes, sent


@pytest.mark.parametrize("seed", range(3))
def test_any_range_says_what_counting_one_by_one_says(seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311 (a seeded draw)
    pool = [make_request() for _number in range(5)]
    rows = []
    for number in range(150):
        row = ConsultationRequest.objects.get(pk=pool[number % 5].pk)
        row.pk, row.reference, row.idempotency_key = dice_uuid(dice), f"{number:010}", dice_uuid(dice)
        row.received_at = NOW - dt.timedelta(minutes=dice.randrange(60 * 24 * 70))
        row.reply_by = row.received_at + dt.timedelta(days=30)
        row.first_reply_by = dice.choice([None, row.received_at + dt.timedelta(hours=dice.randrange(99))])
        row.topic = dice.choice(["migraine", "tmj", "other"])
        row.source = dice.choice(["web", "web", "phone"])
        row.status, row.outcome_reason = dice.choice(
            [("new", ""), ("in-review", ""), ("withdrawn", ""), ("closed", "spam"), ("closed", "unreachable")]
        )
        if dice.random() < 0.6:
            row.first_contact_at = min(NOW, row.received_at + dt.timedelta(minutes=dice.randrange(8_000)))
        rows.append(row)
    ConsultationRequest.objects.bulk_create(rows)
    spans = [
        SPAN,
        Span.back(13, TODAY),
        Span(dt.date(2026, 10, 7), dt.date(2026, 10, 29)),
        Span(TODAY, TODAY),
    ]
    for span in [*spans, Span(dt.date(2026, 9, 15), dt.date(2026, 11, 17))]:
        for topic in ("", "tmj"):
            found = figures(span, topic, NOW)
            counts = (found.requests, +found.kept, +found.due, found.outcomes, found.sent)
            assert counts == plainly(span, topic)


def dice_uuid(dice: random.Random) -> str:
    return f"{dice.getrandbits(128):032x}"


def test_half_and_nine_in_ten_lie_within_three_minutes_of_the_truth() -> None:
    dice, minutes = random.Random(7), list[int]()  # noqa: S311 (a seeded draw)
    for _number in range(40):
        minutes.append(dice.randrange(8 * 60))
        at = phoenix(dice.choice((9, 10, 12, 13)), 8)
        asked(at, first_contact_at=at + dt.timedelta(minutes=minutes[-1]))
    hours = sorted(one / 60 for one in minutes)
    wait = figures(SPAN, "", NOW).wait
    assert wait.count == 40
    assert wait.half == pytest.approx((hours[19] + hours[20]) / 2, abs=0.05)
    assert wait.most == pytest.approx(hours[35] + 0.1 * (hours[36] - hours[35]), abs=0.05)


def test_a_verb_done_to_an_old_request_changes_its_week() -> None:
    old, other = asked(phoenix(27, month=10)), asked(phoenix(3))
    assert shown().outcomes == {("new", ""): 2}
    actions.log_contact(old, ContactOutcome.REACHED, by=everybody())
    actions.close(other, CloseReason.SPAM, by=everybody())
    assert shown().outcomes == {("new", ""): 2}, "five minutes the same numbers for everybody"
    found = shown(LATER)
    assert found.outcomes == {("new", ""): 1, ("closed", "spam"): 1}
    assert found.waits[dt.date(2026, 10, 26)].count == 1


def test_a_promise_comes_due_by_waiting_alone() -> None:
    asked(phoenix(16, 10))  # promised by Wednesday at five
    assert sum(shown().due.values()) == 0
    assert sum(shown(dt.timedelta(hours=2)).due.values()) == 0
    assert sum(shown(dt.timedelta(hours=4)).due.values()) == 1


def test_a_change_that_was_written_before_the_count_and_seen_after_it_is_found() -> None:
    old = asked(phoenix(27, month=10))
    began = NOW - dt.timedelta(minutes=1)
    shown()
    with time_machine.travel(began, tick=False):
        actions.withdraw(old, by=actions.Actor.patient())
    assert shown(LATER).outcomes == {("withdrawn", ""): 1}


def test_the_worker_counts_every_week_and_leaves_nothing_to_whoever_looks(
    django_assert_num_queries,
) -> None:
    asked(phoenix(5, month=3), first_contact_at=phoenix(6, month=3))
    asked(phoenix(9))
    actions.tally_all()
    weeks = Tally.objects.filter(days=7, topic="").order_by("first")
    assert (weeks[0].first, len(weeks)) == (dt.date(2026, 3, 2), 38)
    with django_assert_num_queries(2):
        assert sum(shown().requests.values()) == 1


def test_the_worker_finds_what_changed_and_a_look_then_shows_it() -> None:
    old = asked(phoenix(27, month=10))
    actions.tally_all()
    actions.withdraw(old, by=actions.Actor.patient())
    with time_machine.travel(NOW + dt.timedelta(minutes=1), tick=False):
        actions.tally_all()
    found = shown(dt.timedelta(minutes=2))
    assert found.outcomes == {("withdrawn", ""): 1}
    assert found.counted_at == NOW + dt.timedelta(minutes=1)


def test_without_a_worker_a_look_counts_what_it_needs_and_forgets_what_else_changed() -> None:
    spring = asked(phoenix(5, month=3))
    actions.tally_all()
    actions.withdraw(spring, by=actions.Actor.patient())
    shown(LATER)
    assert not Tally.objects.filter(first=dt.date(2026, 3, 2)).exists()
    with time_machine.travel(NOW + LATER, tick=False):
        found = figures(Span(dt.date(2026, 3, 2), dt.date(2026, 3, 8)), "", NOW + LATER)
    assert found.outcomes == {("withdrawn", ""): 1}


def test_what_a_hand_changed_in_the_database_is_right_again_within_a_round() -> None:
    old = asked(phoenix(27, month=10))
    actions.tally_all()
    ConsultationRequest.objects.filter(pk=old.pk).update(status=Status.WITHDRAWN)
    for turn in range(1, 5):
        with time_machine.travel(NOW + turn * dt.timedelta(minutes=4), tick=False):
            actions.tally_all()
    assert shown(4 * dt.timedelta(minutes=4)).outcomes == {("withdrawn", ""): 1}


def test_other_hours_of_the_clinic_count_everything_anew() -> None:
    Clinic.objects.create(name="A clinic", phone="+14805550100", emergency_line="Call 911.")
    clinic.forget()
    asked(phoenix(27, month=10), first_contact_at=phoenix(29, month=10))
    assert shown().wait.half == 18
    Closure.objects.create(starts_on=dt.date(2026, 10, 28), ends_on=dt.date(2026, 10, 28))
    clinic.forget()
    assert shown(LATER).wait.half == 9


def test_a_mark_from_the_future_is_not_believed() -> None:
    asked(phoenix(27, month=10))
    shown()
    TallyMark.objects.update(right_until=NOW + dt.timedelta(days=1))
    ConsultationRequest.objects.update(status=Status.WITHDRAWN)
    found = shown(LATER)
    assert (found.outcomes, found.counted_at) == ({("withdrawn", ""): 1}, NOW + LATER)


def test_an_empty_table_is_counted_too() -> None:
    actions.tally_all()
    assert Tally.objects.get().first == monday(TODAY)
    assert shown().requests == {}
    assert Tally.objects.filter(days=7, first__gte=SPAN.before.first - WEEK).count() == 8


@pytest.mark.django_db(transaction=True)
def test_many_who_look_at_once_at_what_nobody_counted_see_the_same() -> None:
    asked(phoenix(27, month=10))
    asked(phoenix(9), topic="tmj")

    def look(_number: int) -> tuple[object, ...]:
        try:
            found = figures(SPAN, "", NOW)
            return found.requests, found.outcomes
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as threads:
        seen = list(threads.map(look, range(6)))
    assert seen == [seen[0]] * 6 and sum(seen[0][0].values()) == 2
    assert Tally.objects.filter(days=7, topic="").count() == 8


def test_what_was_written_into_the_past_counts_once_all_is_forgotten() -> None:
    asked(phoenix(17))
    assert sum(shown().requests.values()) == 1
    with time_machine.travel(NOW - dt.timedelta(days=7), tick=False):
        make_request()
    assert sum(shown(LATER).requests.values()) == 1
    actions.forget_tallies()
    assert sum(shown(LATER).requests.values()) == 2


def test_a_closure_typed_for_days_that_have_passed_changes_no_promise_of_the_past() -> None:
    Clinic.objects.create(name="A clinic", phone="+14805550100", emergency_line="Call 911.")
    clinic.forget()
    late = asked(phoenix(2), first_contact_at=phoenix(5))
    asked(phoenix(9), first_contact_at=phoenix(10))
    before = shown()
    assert (sum(before.kept.values()), sum(before.due.values())) == (1, 2)
    Closure.objects.create(starts_on=dt.date(2026, 11, 3), ends_on=dt.date(2026, 11, 4))
    clinic.forget()
    actions.move_promises()
    assert promised_reply(late.received_at) > phoenix(5)
    after = shown(LATER)
    assert (after.kept, after.due) == (before.kept, before.due)


def test_the_worker_keeps_for_good_what_older_requests_were_promised() -> None:
    Clinic.objects.create(name="A clinic", phone="+14805550100", emergency_line="Call 911.")
    clinic.forget()
    old = [asked(phoenix(*day, month=10), first_reply_by=None) for day in ((5,), (5, 15), (27,))]
    kept = asked(phoenix(27, month=10), first_reply_by=phoenix(28))
    actions.tally_all()
    Closure.objects.create(starts_on=dt.date(2026, 10, 6), ends_on=dt.date(2026, 10, 28))
    clinic.forget()
    actions.tally_all()
    found = dict(ConsultationRequest.objects.values_list("pk", "first_reply_by"))
    assert [found[one.pk] for one in old] == [
        phoenix(7, 17, month=10), phoenix(7, 17, month=10), phoenix(29, 17, month=10),
    ]  # fmt: skip
    assert found[kept.pk] == phoenix(28)
