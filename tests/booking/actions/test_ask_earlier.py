"""Patients ask for an earlier time: on the list or off it, and the agreed visit stays theirs."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from booking import actions
from booking.actions import Actor
from booking.models import ConsultationRequest, EarlierWish
from booking.rules.errors import NotPossible, SomeoneWasFaster
from booking.rules.notice_period import NoticePeriod
from booking.rules.reasons import CancelReason, CloseReason
from booking.rules.statuses import Status
from booking.rules.transitions import Verb
from tests.factories import begin_visit, everybody, free_time, make_person, make_request

pytestmark = pytest.mark.django_db
ME = Actor.patient()


def asked(ahead: NoticePeriod = NoticePeriod.DAY, **more: object) -> ConsultationRequest:
    return actions.ask_earlier(make_request(Status.SCHEDULED), ahead=ahead, by=ME, **more)


def test_the_wish_says_how_long_ahead_and_the_visit_promise_and_messages_stay() -> None:
    before = make_request(Status.SCHEDULED)
    told = before.messages.count()
    after = actions.ask_earlier(before, ahead=NoticePeriod.DAYS, times=["tue-am"], by=ME)
    wish = EarlierWish.objects.get()
    assert (wish.ahead, wish.noted_by) == (NoticePeriod.DAYS, None)
    kept = ("status", "visit", "reply_by", "answered_at", "news")
    assert [getattr(before, name) for name in kept] == [getattr(after, name) for name in kept]
    assert after.person.wished_times == ("tue-am",)
    assert after.messages.count() == told
    event = after.events.first()
    assert (event.verb, event.actor, event.user) == (Verb.ASK_EARLIER, "patient", None)
    assert event.codes == {"wanted": True, "ahead": "days", "fields": ["times"]}


def test_no_half_days_leave_the_wishes_as_they_were() -> None:
    request = make_request(Status.SCHEDULED, person=make_person(times=("wed-am",)))
    assert actions.ask_earlier(request, ahead=NoticePeriod.DAY, by=ME).person.wished_times == ("wed-am",)


def test_whoever_is_on_the_list_keeps_the_place_and_says_the_rest_anew() -> None:
    request = actions.wish_earlier(make_request(Status.SCHEDULED), wanted=True, by=everybody())
    place = EarlierWish.objects.get().asked_at
    request = actions.ask_earlier(request, ahead=NoticePeriod.WEEK, by=ME)
    actions.ask_earlier(request, ahead=NoticePeriod.SAME_DAY, by=ME)
    wish = EarlierWish.objects.get()
    assert (wish.asked_at, wish.ahead, wish.noted_by) == (place, NoticePeriod.SAME_DAY, None)


def test_leaving_the_list_leaves_everything_else() -> None:
    request = actions.ask_earlier(asked(), ahead=None, by=ME)
    assert not EarlierWish.objects.exists()
    assert request.visit is not None and request.status == Status.SCHEDULED
    assert request.events.first().codes == {"wanted": False}


def test_too_late_from_an_old_page_or_in_the_wrong_state_nothing_changes() -> None:
    request = make_request(Status.SCHEDULED)
    with pytest.raises(SomeoneWasFaster):
        actions.ask_earlier(request, ahead=NoticePeriod.DAY, by=ME, seen_version=request.version - 1)
    begin_visit(request)
    with pytest.raises(NotPossible, match="has begun already"):
        actions.ask_earlier(request, ahead=NoticePeriod.DAY, by=ME)
    with pytest.raises(NotPossible):
        actions.ask_earlier(make_request(Status.TIMES_OFFERED), ahead=NoticePeriod.DAY, by=ME)
    assert not EarlierWish.objects.exists()


ENDS = {
    "moved earlier": lambda r: actions.move_visit(
        r, r.visit.clinician, free_time().replace(hour=9), by=everybody(), told=True
    ),
    "cancelled": lambda r: actions.cancel_visit(r, CancelReason.PATIENT, by=ME),
    "taken back": lambda r: actions.withdraw(r, by=ME),
    "closed": lambda r: actions.close(r, CloseReason.OTHER, by=everybody()),
    "seen": lambda r: actions.mark_seen(begun(r), by=everybody()),
    "missed": lambda r: actions.mark_no_show(begun(r), by=everybody()),
}


def begun(request: ConsultationRequest) -> ConsultationRequest:
    begin_visit(request)
    return request


@pytest.mark.parametrize("end", ENDS)
def test_the_wish_ends_with_what_it_was_about(end: str) -> None:
    ENDS[end](asked())
    assert not EarlierWish.objects.exists()


def test_a_later_time_and_a_message_leave_it() -> None:
    request = asked()
    later = free_time(dt.timedelta(days=5))
    assert later > request.visit.starts_at > timezone.now()
    request = actions.move_visit(request, request.visit.clinician, later, by=everybody())
    actions.reply(request, "Thank you.", by=ME)
    assert EarlierWish.objects.exists()


def test_what_is_merged_takes_its_wish_along() -> None:
    person = make_person(email="test.twice@example.com")
    first, second = (make_request(Status.IN_REVIEW, person=person) for _one in range(2))
    first = actions.wish_earlier(first, wanted=True, by=everybody())
    actions.merge(first, second, by=everybody())
    assert [wish.request_id for wish in EarlierWish.objects.all()] == [second.pk]
