"""Two requests of one person go on as one, and nothing is lost."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from booking import actions
from booking.actions import Actor
from booking.models import ConsultationRequest, Event, Message, Visit
from booking.models.message import Delivery
from booking.rules.errors import NotAllowed, NotPossible, SomeoneWasFaster
from booking.rules.notices import Notice
from booking.rules.priority import Priority
from booking.rules.reasons import CancelReason, CloseReason
from booking.rules.roles import Role
from booking.rules.statuses import Status
from booking.rules.transitions import Verb
from tests.database_time import every_clock_at
from tests.factories import everybody, make_answers, make_link, make_person, make_request, make_staff

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


def pair(
    status: Status = Status.NEW, target_status: Status = Status.IN_REVIEW
) -> tuple[ConsultationRequest, ConsultationRequest]:
    person = make_person()
    first = make_request(target_status, person=person)
    return make_request(status, person=person, answers=make_answers(safety=("ALL-5",))), first


def test_one_closes_and_the_other_goes_on_with_an_event_on_both() -> None:
    request, target = pair()
    link, _token = make_link(request)
    told = request.messages.count()
    goes_on = actions.merge(request, target, by=everybody())
    request.refresh_from_db()
    link.refresh_from_db()
    assert (request.status, request.outcome_reason, request.merged_into) == ("closed", "duplicate", target)
    assert goes_on.pk == target.pk and goes_on.status == Status.IN_REVIEW
    mine, theirs = (
        Event.objects.get(request=request, verb=Verb.MERGE),
        Event.objects.get(request=target, verb=Verb.MERGE),
    )
    assert mine.codes == {"target": str(target.pk)} and theirs.codes["from"] == str(request.pk)
    assert link.request == target
    assert request.messages.count() == told


def test_the_earlier_promise_the_higher_priority_and_the_flags_go_along() -> None:
    request, target = pair()
    early = target.reply_by - dt.timedelta(hours=3)
    ConsultationRequest.objects.filter(pk=request.pk).update(reply_by=early)
    goes_on = actions.merge(request, target, by=everybody())
    assert goes_on.reply_by == max(early, goes_on.received_at)
    assert goes_on.answered_at is None
    assert (goes_on.priority, goes_on.suggested_priority) == (Priority.SAME_DAY, Priority.ROUTINE)
    assert "safety" in goes_on.flags


def test_what_was_said_of_same_day_signs_in_either_stays_a_flag() -> None:
    person = make_person()
    target, request = (
        make_request(person=person, answers=make_answers(safety=("ALL-5",), same_day_care=said))
        for said in ("checked", "today")
    )
    goes_on = actions.merge(request, target, by=everybody())
    assert {"safety", "check-today", "doctor-checked"} <= set(goes_on.flags)


def test_a_second_request_while_we_wait_for_the_patient_is_news() -> None:
    request, target = pair(target_status=Status.WAITING_FOR_PATIENT)
    assert actions.merge(request, target, by=everybody()).news == "reply"


def test_a_reply_that_was_given_is_not_owed_again() -> None:
    request, target = pair(Status.WAITING_FOR_PATIENT)
    actions.answer(target, "We will call you.", by=everybody())
    goes_on = actions.merge(request, target, by=everybody())
    assert goes_on.answered_at is not None and goes_on.news == ""


@pytest.mark.parametrize(
    ("status", "target_status", "words"),
    [(Status.SCHEDULED, Status.NEW, "A visit is agreed"), (Status.TIMES_OFFERED, Status.NEW, "on offer"),
     (Status.NEW, Status.SEEN, "finished"), (Status.CLOSED, Status.NEW, "Not possible while")],
)  # fmt: skip
def test_what_cannot_be_merged_is_said_and_nothing_changes(
    status: Status, target_status: Status, words: str
) -> None:
    request, target = pair(status, target_status)
    with pytest.raises(NotPossible, match=words):
        actions.merge(request, target, by=everybody())
    for one in (request, target):
        version = one.version
        one.refresh_from_db()
        assert one.version == version and one.merged_into is None


def test_requests_of_two_people_are_never_merged() -> None:
    with pytest.raises(NotPossible, match="same person"):
        actions.merge(make_request(), make_request(), by=everybody())
    alone = make_request()
    with pytest.raises(NotPossible, match="same person"):
        actions.merge(alone, alone, by=everybody())


def test_both_must_stand_as_they_were_read() -> None:
    request, target = pair()
    actions.assign(target, None, by=everybody())
    with pytest.raises(SomeoneWasFaster, match="other request changed"):
        actions.merge(request, target, by=everybody(), target_version=target.version)
    with pytest.raises(SomeoneWasFaster):
        actions.merge(request, target, by=everybody(), seen_version=request.version + 1)


@pytest.mark.parametrize("role", [Role.RECEPTION, Role.CLINICIAN, Role.EDITOR])
def test_only_a_nurse_or_a_manager_merges(role: Role) -> None:
    request, target = pair()
    with pytest.raises(NotAllowed):
        actions.merge(request, target, by=Actor.staff(make_staff(role)))


def test_a_promise_that_was_kept_long_ago_is_not_broken_by_a_merge() -> None:
    request, target = pair()
    actions.answer(target, "We will call you.", by=everybody())
    long_ago = target.received_at - dt.timedelta(days=9)
    ConsultationRequest.objects.filter(pk=target.pk).update(
        received_at=long_ago, reply_by=long_ago + dt.timedelta(days=2)
    )
    target.refresh_from_db()
    goes_on = actions.merge(request, target, by=everybody())
    assert (goes_on.reply_by, goes_on.answered_at) == (request.reply_by, None)


def test_a_promise_taken_over_counts_from_when_it_was_given() -> None:
    with time_machine.travel(timezone.now() - dt.timedelta(days=7)):
        request, _target = pair()
    target = make_request(person=request.person)
    due = actions.merge(request, target, by=everybody()).reply_by
    assert due == max(request.reply_by, target.received_at) < target.reply_by
    actions.move_promises()
    target.refresh_from_db()
    assert target.reply_by == due


def test_the_reasons_of_the_higher_priority_go_along() -> None:
    request, target = pair()
    goes_on = actions.merge(request, target, by=everybody())
    assert request.priority_reasons and set(request.priority_reasons) <= set(goes_on.priority_reasons)


def test_what_was_merged_before_goes_on_with_it() -> None:
    first, second = pair()
    third = make_request(person=second.person)
    actions.merge(first, second, by=everybody())
    actions.merge(second, third, by=everybody())
    assert set(third.family()) == {first, second, third}


def test_a_question_is_asked_for_as_long_as_the_request_goes_on_wherever_it_went() -> None:
    person = make_person(email="", channel="phone")
    asked = make_request(Status.WAITING_FOR_PATIENT, person=person)
    second, third = make_request(person=person), make_request(person=person)
    actions.merge(asked, second, by=everybody())
    actions.merge(second, third, by=everybody())
    assert [one.notice for one in Message.objects.to_tell()] == [Notice.QUESTION]


def test_what_the_target_makes_untrue_is_not_told_any_more() -> None:
    person = make_person(email="", channel="phone")
    asked, second, target = (
        make_request(status, person=person)
        for status in (Status.WAITING_FOR_PATIENT, Status.IN_REVIEW, Status.SCHEDULED)
    )
    actions.merge(asked, second, by=everybody())
    actions.merge(second, target, by=everybody())
    assert [one.notice for one in Message.objects.to_tell()] == [Notice.VISIT_AGREED]
    assert asked.messages.get(notice=Notice.QUESTION).state == Delivery.DROPPED


def test_a_cancelled_visit_and_a_late_reply_are_told_although_the_request_goes_on_in_another() -> None:
    person = make_person(email="", channel="phone")
    cancelled = make_request(Status.SCHEDULED, person=person)
    cancelled = actions.cancel_visit(cancelled, CancelReason.CLINIC, by=everybody())
    with every_clock_at(cancelled.reply_by + dt.timedelta(minutes=1)):
        assert actions.apologize() == 1
        Visit.objects.update(starts_at=timezone.now() - HOUR, ends_at=timezone.now())
        target = actions.merge(cancelled, make_request(person=person), by=everybody())
        told = [Notice.VISIT_CANCELLED, Notice.OVERDUE]
        assert [one.notice for one in Message.objects.to_tell().order_by("created_at")] == told
        actions.close(target, CloseReason.OTHER, by=everybody())
        assert [one.notice for one in Message.objects.to_tell()] == [Notice.CLOSED]


def test_the_same_person_by_phone_and_on_the_web_is_merged() -> None:
    person = make_person()
    web, call = make_request(person=person), make_request(person=person.changed(email=""))
    assert actions.merge(call, web, by=everybody()).pk == web.pk


def test_twins_are_merged_only_by_somebody_who_says_that_they_are_one_and_no_link_goes_along() -> None:
    ana = make_person(full_name="Test Ana")
    first, second = make_request(person=ana), make_request(person=ana.changed(full_name="Test Ben"))
    link, _token = make_link(first)
    with pytest.raises(NotPossible, match="names differ"):
        actions.merge(first, second, by=everybody())
    first.refresh_from_db()
    assert first.status == Status.NEW
    actions.merge(first, second, by=everybody(), one_person=True)
    link.refresh_from_db()
    assert link.request == first and link.revoked_at is not None
