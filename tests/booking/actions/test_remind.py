"""What the clock tells patients, once each."""

from __future__ import annotations

import datetime as dt
from contextlib import AbstractContextManager

import pytest
import time_machine
from django.utils import timezone

from booking import actions
from booking.actions import Actor
from booking.models import ConsultationRequest, Message
from booking.models.message import Delivery
from booking.rules.notices import Notice
from booking.rules.offers import WARN_BEFORE
from booking.rules.reasons import CancelReason, ContactOutcome, ReopenReason
from booking.rules.statuses import Status
from tests.database_time import database_time, every_clock_at
from tests.factories import (
    begin_visit,
    everybody,
    free_time,
    make_clinician,
    make_person,
    make_request,
    offered_times,
)

pytestmark = pytest.mark.django_db
HOUR, DAY, MINUTE = dt.timedelta(hours=1), dt.timedelta(days=1), dt.timedelta(minutes=1)


def told(notice: Notice) -> int:
    return Message.objects.filter(notice=notice).count()


def visit_in_a_week(**person) -> ConsultationRequest:
    request = make_request(Status.IN_REVIEW, person=make_person(**person))
    return actions.book_time(request, make_clinician(), free_time(7 * DAY), by=everybody())


@pytest.mark.parametrize(
    ("before", "days", "hours"),
    [
        (2 * DAY + MINUTE, 0, 0),
        (2 * DAY, 1, 0),
        (DAY + MINUTE, 1, 0),
        (DAY, 0, 0),
        (3 * HOUR + MINUTE, 0, 0),
        (3 * HOUR, 0, 1),
        (31 * MINUTE, 0, 1),
        (30 * MINUTE, 0, 0),
        (-HOUR, 0, 0),
    ],
)
def test_reminders_come_two_days_and_three_hours_before_or_not_at_all(before, days, hours):
    visit = visit_in_a_week().visit
    with every_clock_at(visit.starts_at - before):
        assert actions.remind_of_visits() == days + hours
        assert actions.remind_of_visits() == 0
    assert (told(Notice.REMINDER_DAYS), told(Notice.REMINDER_HOURS)) == (days, hours)


def test_a_visit_agreed_within_two_days_gets_only_the_last_reminder():
    request = make_request(Status.IN_REVIEW)
    start = free_time(7 * DAY)
    with every_clock_at(start - 30 * HOUR):
        actions.book_time(request, make_clinician(), start, by=everybody())
        assert actions.remind_of_visits() == 0
    with every_clock_at(start - 2 * HOUR):
        assert actions.remind_of_visits() == 1


def test_a_moved_visit_is_reminded_of_anew_and_a_cancelled_one_is_not():
    request, by = visit_in_a_week(), everybody()
    first = request.visit.starts_at
    with every_clock_at(first - 2 * DAY):
        actions.remind_of_visits()
        request = actions.move_visit(request, make_clinician(), free_time(5 * DAY), by=by)
    with every_clock_at(request.visit.starts_at - 2 * DAY):
        assert actions.remind_of_visits() == 1
    other = visit_in_a_week()
    start = other.visit.starts_at
    actions.cancel_visit(other, CancelReason.CLINIC, by=by)
    with every_clock_at(start - 2 * DAY):
        assert actions.remind_of_visits() == 0


def test_without_e_mail_the_first_reminder_is_a_call_and_the_last_is_left_out():
    start = visit_in_a_week(no_email="yes").visit.starts_at
    Message.objects.update(told_at=timezone.now())
    with every_clock_at(start - 2 * DAY):
        actions.remind_of_visits()
    assert Message.objects.to_tell().get().notice == Notice.REMINDER_DAYS
    with every_clock_at(start - 2 * HOUR):
        assert actions.remind_of_visits() == 0


def test_an_offer_is_warned_of_once_before_it_lapses():
    request = make_request(Status.TIMES_OFFERED)
    until = request.visits.on_offer()[0].held_until
    with every_clock_at(until - WARN_BEFORE - MINUTE):
        assert actions.warn_of_lapsing() == 0
    with every_clock_at(until - WARN_BEFORE):
        assert actions.warn_of_lapsing() == 1
        assert actions.warn_of_lapsing() == 0
    assert told(Notice.OFFER_LAPSING) == 1


def test_an_offer_that_was_chosen_from_or_was_short_is_not_warned_of():
    chosen, short = make_request(Status.TIMES_OFFERED), make_request(Status.IN_REVIEW)
    visit = chosen.visits.on_offer()[0]
    actions.accept_time(chosen, visit.pk, by=Actor.patient())
    with every_clock_at(visit.held_until - HOUR):
        assert actions.warn_of_lapsing() == 0
    times = offered_times(1)
    with every_clock_at(times[0][1] - 20 * HOUR):
        offered = actions.offer_times(short, times, by=everybody())
    until = offered.visits.on_offer()[0].held_until
    with every_clock_at(until - HOUR):
        assert actions.warn_of_lapsing() == 0


def late(request: ConsultationRequest) -> AbstractContextManager[None]:
    return every_clock_at(request.reply_by + MINUTE)


@pytest.mark.parametrize("status", [Status.NEW, Status.IN_REVIEW])
def test_a_broken_promise_brings_one_apology(status):
    request = make_request(status)
    assert actions.apologize() == 0
    with late(request):
        assert [actions.apologize() for _ in range(3)] == [1, 0, 0]
    assert told(Notice.OVERDUE) == 1


def test_what_may_not_be_real_is_answered_once_and_not_apologized_to_before_somebody_took_it_up():
    request = make_request()
    ConsultationRequest.objects.filter(pk=request.pk).update(flags=["suspect"])
    request.refresh_from_db()
    assert told(Notice.RECEIVED) == 1
    with late(request):
        assert actions.apologize() == 0
        assert ConsultationRequest.objects.owed().filter(pk=request.pk).exists()
        actions.start_review(request, by=everybody())
        assert actions.apologize() == 1


def test_what_asks_for_today_is_apologized_to_whatever_the_signs():
    request = make_request()
    ConsultationRequest.objects.filter(pk=request.pk).update(flags=["suspect"], priority="same-day")
    request.refresh_from_db()
    with late(request):
        assert actions.apologize() == 1


@pytest.mark.parametrize("days", [-30, 30])
def test_a_wrong_clock_of_the_worker_tells_nothing_too_early_and_leaves_nothing_out(days):
    now = timezone.now()
    overdue, offered = make_request(), make_request(Status.TIMES_OFFERED)
    visit = visit_in_a_week().visit
    jobs = (actions.remind_of_visits, actions.warn_of_lapsing, actions.apologize)
    with time_machine.travel(now + days * DAY):
        assert [job() for job in jobs] == [0, 0, 0]
        with database_time(visit.starts_at - 2 * HOUR):
            assert actions.remind_of_visits() == 1
        with database_time(offered.visits.on_offer()[0].held_until - HOUR):
            assert actions.warn_of_lapsing() == 1
        with database_time(overdue.reply_by + MINUTE):
            assert actions.apologize() == 1


def test_who_did_not_come_is_owed_a_call_and_gets_no_apology():
    request = make_request(Status.SCHEDULED)
    begin_visit(request)
    request = actions.mark_no_show(request, by=everybody())
    with late(request):
        assert ConsultationRequest.objects.owed().filter(pk=request.pk).exists()
        assert actions.apologize() == 0


def test_a_promise_that_was_kept_brings_none():
    by = everybody()
    asked, offered = make_request(Status.WAITING_FOR_PATIENT), make_request(Status.TIMES_OFFERED)
    reached, ended = make_request(), make_request(Status.WITHDRAWN)
    actions.log_contact(reached, ContactOutcome.REACHED, by=by)
    for request in (asked, offered, reached, ended):
        with late(request):
            assert actions.apologize() == 0


def test_each_new_promise_may_be_broken_once():
    request = make_request()
    with late(request):
        actions.apologize()
        request = actions.reply(request, "Are you there?", by=Actor.patient())
        assert actions.apologize() == 0
    with late(request):
        assert [actions.apologize() for _ in range(2)] == [1, 0]
    assert told(Notice.OVERDUE) == 2


def test_a_wish_to_move_that_nobody_answers_is_apologized_for_while_the_visit_holds():
    request = actions.ask_to_move(visit_in_a_week(), by=Actor.patient())
    with late(request):
        assert actions.apologize() == 1


def test_without_e_mail_the_apology_is_a_call():
    request = make_request(person=make_person(email=""))
    with late(request):
        assert actions.apologize() == 1
        assert actions.apologize() == 0
    assert Message.objects.to_tell().get().state == Delivery.CALL


def test_a_reopened_request_gets_a_promise_of_its_own():
    request = make_request(Status.DECLINED)
    with every_clock_at(request.reply_by + 30 * DAY):
        reopened = actions.reopen(request, ReopenReason.MISTAKE, by=everybody())
        assert reopened.reply_by > timezone.now()
        assert actions.apologize() == 0
