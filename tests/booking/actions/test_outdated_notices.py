"""What a patient is told, by mail or by phone, is told only while it is true."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
import time_machine
from django.utils import timezone

from booking import actions
from booking.actions import Actor
from booking.actions.outdated_notices import is_outdated
from booking.admin.reading.calls_owed import calls_owed
from booking.delivery.failures import CannotBeSent
from booking.delivery.invitation import FILE_NAME
from booking.delivery.messages import as_email
from booking.models import ConsultationRequest, EarlierWish, Message
from booking.models.message import Delivery
from booking.rules.notices import Notice
from booking.rules.reasons import CancelReason, CloseReason, DeclineReason, ReopenReason
from booking.rules.statuses import Status
from tests.database_time import every_clock_at
from tests.factories import begin_visit, everybody, free_time, make_clinician, make_person, make_request

pytestmark = pytest.mark.django_db
DAY, MINUTE = dt.timedelta(days=1), dt.timedelta(minutes=1)
Act = Callable[[ConsultationRequest], ConsultationRequest]


def by_phone(status: Status) -> ConsultationRequest:
    return make_request(status, person=make_person(email="", channel="phone"))


def to_tell(request: ConsultationRequest) -> list[Notice]:
    untold = Message.objects.filter(request=request).to_tell().order_by("created_at")
    return [Notice(one.notice) for one in untold]


def move(request: ConsultationRequest, *, told: bool = False) -> ConsultationRequest:
    return actions.move_visit(request, make_clinician(), free_time(5 * DAY), by=everybody(), told=told)


def cancel(request: ConsultationRequest) -> ConsultationRequest:
    return actions.cancel_visit(request, CancelReason.CLINIC, by=everybody())


def book(request: ConsultationRequest, *, told: bool = False) -> ConsultationRequest:
    return actions.book_time(request, make_clinician(), free_time(9 * DAY), by=everybody(), told=told)


def end(request: ConsultationRequest) -> ConsultationRequest:
    return actions.close(request, CloseReason.OTHER, by=everybody())


def spam(request: ConsultationRequest) -> ConsultationRequest:
    return actions.close(request, CloseReason.SPAM, by=everybody())


def withdraw(request: ConsultationRequest) -> ConsultationRequest:
    return actions.withdraw(request, by=Actor.patient())


def decline(request: ConsultationRequest) -> ConsultationRequest:
    return actions.decline(request, DeclineReason.DISTANCE, by=everybody())


def reopen(request: ConsultationRequest) -> ConsultationRequest:
    return actions.reopen(request, ReopenReason.MISTAKE, by=everybody())


def write(request: ConsultationRequest) -> ConsultationRequest:
    return actions.answer(request, "Bring your glasses.", by=everybody())


def review_by_reply(request: ConsultationRequest) -> ConsultationRequest:
    return actions.reply(request, "Here is my answer.", by=Actor.patient())


def offer_again(request: ConsultationRequest) -> ConsultationRequest:
    return actions.offer_times(request, [(make_clinician(), free_time(8 * DAY))], by=everybody())


@pytest.mark.parametrize(
    ("status", "verbs", "left"),
    [
        (Status.SCHEDULED, [], [Notice.VISIT_AGREED]),
        (Status.SCHEDULED, [move], [Notice.VISIT_MOVED]),
        (Status.SCHEDULED, [move, cancel], [Notice.VISIT_CANCELLED]),
        (Status.SCHEDULED, [cancel, book], [Notice.VISIT_CANCELLED, Notice.VISIT_AGREED]),
        (Status.SCHEDULED, [end], [Notice.CLOSED]),
        (Status.SCHEDULED, [end, reopen], [Notice.VISIT_CANCELLED]),
        (Status.SCHEDULED, [spam, reopen], [Notice.VISIT_CANCELLED]),
        (Status.SCHEDULED, [end, reopen, book], [Notice.VISIT_CANCELLED, Notice.VISIT_AGREED]),
        (Status.SCHEDULED, [end, reopen, end, reopen], [Notice.VISIT_CANCELLED]),
        (Status.SCHEDULED, [withdraw, reopen], []),
        (Status.WAITING_FOR_PATIENT, [], [Notice.QUESTION]),
        (Status.WAITING_FOR_PATIENT, [review_by_reply], []),
        (Status.WAITING_FOR_PATIENT, [book], [Notice.VISIT_AGREED]),
        (Status.TIMES_OFFERED, [], [Notice.TIMES_OFFERED]),
        (Status.TIMES_OFFERED, [offer_again], [Notice.TIMES_OFFERED]),
        (Status.TIMES_OFFERED, [book], [Notice.VISIT_AGREED]),
        (Status.IN_REVIEW, [write, decline], [Notice.LETTER, Notice.DECLINED]),
        (Status.IN_REVIEW, [decline, reopen], []),
        (Status.IN_REVIEW, [end, reopen], []),
    ],
)
def test_staff_are_asked_to_tell_what_is_true_and_nothing_else(
    status: Status, verbs: list[Act], left: list[Notice]
) -> None:
    request = by_phone(status)
    for verb in verbs:
        request = verb(request)
    assert to_tell(request) == left
    dropped = Message.objects.filter(request=request, state=Delivery.DROPPED)
    assert all(is_outdated(message) for message in dropped)


def test_whoever_was_told_of_a_visit_on_the_phone_is_not_called_about_the_one_before() -> None:
    request = book(cancel(by_phone(Status.SCHEDULED)), told=True)
    assert to_tell(request) == []
    told = Message.objects.get(request=request, notice=Notice.VISIT_CANCELLED)
    assert told.told_at is not None


def test_after_another_visit_was_agreed_nobody_is_asked_to_agree_how_to_go_on() -> None:
    request = cancel(by_phone(Status.SCHEDULED))
    (call,) = calls_owed(request, request.messages.to_tell())
    assert "Agree how to go on." in call.text
    request = book(request)
    first, _second = calls_owed(request, request.messages.to_tell())
    assert first.text == "Their visit is cancelled. Another one is agreed."


@pytest.mark.parametrize("verb", [actions.mark_seen, actions.mark_no_show])
def test_nobody_is_reminded_of_a_visit_that_was(verb: Callable[..., ConsultationRequest]) -> None:
    request = _reminded()
    begin_visit(request)
    assert to_tell(verb(request, by=everybody())) == []


def test_nobody_is_reminded_of_a_visit_that_has_begun() -> None:
    request = _reminded()
    with every_clock_at(request.visit.starts_at - MINUTE):
        assert (actions.drop_run_out(), to_tell(request)) == (0, [Notice.REMINDER_DAYS])
    with every_clock_at(request.visit.starts_at):
        assert (actions.drop_run_out(), to_tell(request)) == (1, [])


def _reminded() -> ConsultationRequest:
    request = by_phone(Status.SCHEDULED)
    Message.objects.update(told_at=request.received_at)
    with every_clock_at(request.visit.starts_at - 2 * DAY):
        agreed = request.events.first()
        Message.objects.create(
            request=request, event=agreed, notice=Notice.REMINDER_DAYS, language="en", state=Delivery.CALL
        )
    return request


def test_a_cancelled_visit_is_told_until_it_would_have_begun_or_while_it_is_open_how_to_go_on() -> None:
    open_, over = cancel(by_phone(Status.SCHEDULED)), cancel(by_phone(Status.SCHEDULED))
    starts_at = over.visits.get().starts_at
    over = end(over)
    assert Notice.VISIT_CANCELLED in to_tell(over)
    with every_clock_at(starts_at + DAY):
        actions.drop_run_out()
    assert to_tell(over) == [Notice.CLOSED]
    assert to_tell(open_) == [Notice.VISIT_CANCELLED]


def test_an_email_that_failed_goes_by_the_same_test() -> None:
    request = make_request(Status.SCHEDULED)
    request.messages.filter(notice=Notice.VISIT_AGREED).update(state=Delivery.FAILED, error="smtp-550")
    assert to_tell(request) == [Notice.VISIT_AGREED]
    assert to_tell(move(request)) == []
    assert request.messages.get(notice=Notice.VISIT_AGREED).state == Delivery.DROPPED


@pytest.mark.parametrize(
    ("status", "verbs", "notice"),
    [
        (Status.SCHEDULED, [cancel], Notice.VISIT_AGREED),
        (Status.WAITING_FOR_PATIENT, [review_by_reply], Notice.QUESTION),
        (Status.NEW, [end], Notice.RECEIVED),
        (Status.IN_REVIEW, [decline, reopen], Notice.DECLINED),
    ],
)
def test_the_mail_is_not_sent_either(status: Status, verbs: list[Act], notice: Notice) -> None:
    request = make_request(status)
    for verb in verbs:
        request = verb(request)
    with pytest.raises(CannotBeSent, match="overtaken"):
        as_email(Message.objects.get(request=request, notice=notice))


@pytest.mark.parametrize("verb", [end, spam, withdraw])
def test_who_hears_nothing_of_the_end_still_gets_the_mail_that_the_visit_is_cancelled(verb: Act) -> None:
    request = make_request(Status.SCHEDULED)
    visit = request.visit
    request = reopen(verb(request))
    for message in request.messages.filter(notice__in=(Notice.CLOSED, Notice.WITHDRAWN)):
        with pytest.raises(CannotBeSent, match="overtaken"):
            as_email(message)
    mail = as_email(request.messages.get(notice=Notice.VISIT_CANCELLED))
    assert "Your visit is cancelled. You do not need to come." in mail.body
    (file,) = (one for one in mail.attachments if one.filename == FILE_NAME)
    assert "METHOD:CANCEL" in file.content and f"UID:{visit.pk}@" in file.content


@pytest.mark.parametrize("status", [Status.SCHEDULED, Status.IN_REVIEW])
def test_a_cancelled_visit_is_told_once_and_only_where_there_was_one(status: Status) -> None:
    request = end(make_request(status))
    if status == Status.SCHEDULED:
        request.messages.filter(notice=Notice.CLOSED).update(state=Delivery.SENT, sent_at=timezone.now())
    assert not reopen(request).messages.filter(notice=Notice.VISIT_CANCELLED).exists()


def test_nobody_is_told_not_to_come_to_a_visit_that_would_have_been_by_now() -> None:
    request = end(make_request(Status.SCHEDULED))
    with every_clock_at(request.visits.get().starts_at):
        assert not reopen(request).messages.filter(notice=Notice.VISIT_CANCELLED).exists()


@pytest.mark.parametrize("status", [Status.SCHEDULED, Status.TIMES_OFFERED])
def test_a_wrong_clock_of_the_worker_drops_nothing(status: Status) -> None:
    request = by_phone(status)
    told = to_tell(request)
    with time_machine.travel(timezone.now() + 300 * DAY):
        assert (actions.drop_run_out(), to_tell(request)) == (0, told)


def test_an_apology_is_owed_only_while_a_reply_is() -> None:
    request = by_phone(Status.NEW)
    Message.objects.create(
        request=request, event=request.events.first(), notice=Notice.OVERDUE, language="en",
        state=Delivery.CALL,
    )  # fmt: skip
    assert to_tell(actions.start_review(request, by=everybody())) == [Notice.OVERDUE]
    assert to_tell(actions.withdraw(request, by=Actor.patient())) == []


@pytest.mark.parametrize("status", [Status.NEW, Status.IN_REVIEW, Status.WAITING_FOR_PATIENT])
def test_a_question_of_a_request_that_was_merged_is_asked_until_the_patient_writes(status: Status) -> None:
    person = make_person(email="", channel="phone")
    asked = make_request(Status.WAITING_FOR_PATIENT, person=person)
    goes_on = actions.merge(asked, make_request(status, person=person), by=everybody())
    assert to_tell(asked) == [Notice.QUESTION]
    review_by_reply(goes_on)
    assert to_tell(asked) == []


def test_nobody_waits_for_an_earlier_time_than_that_of_a_visit_that_has_begun() -> None:
    request = make_request(Status.SCHEDULED)
    actions.wish_earlier(request, wanted=True, by=everybody())
    assert EarlierWish.objects.waiting().exists()
    begin_visit(request)
    assert not EarlierWish.objects.waiting().exists()
