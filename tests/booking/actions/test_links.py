"""Links for messages, new ones on demand, and shutting them."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from booking import actions
from booking.actions import links
from booking.actions.links import RENEWAL_TAKES, forget_token, token_for
from booking.models import Link, Message
from booking.rules import reference
from booking.rules.errors import NotPossible
from booking.rules.notices import WITHOUT_LINK, Notice
from booking.rules.statuses import Status
from booking.rules.tokens import hash_token
from tests.factories import everybody, make_link, make_person, make_request

pytestmark = pytest.mark.django_db
ADDRESS = "Test.Patient@Example.com"


def new_links(request) -> int:
    return request.messages.filter(notice=Notice.NEW_LINK).count()


def received(**person) -> Message:
    return make_request(person=make_person(**person)).messages.get(notice=Notice.RECEIVED)


def test_each_try_of_a_message_carries_the_same_link_until_it_is_sent():
    message = received()
    token = token_for(message)
    assert token_for(message) == token
    link = Link.objects.get()
    assert bytes(link.token_hash) == hash_token(token)
    assert token.encode() not in bytes(link.sealed_token)
    forget_token(message)
    assert bytes(Link.objects.get().sealed_token) == b""
    assert token_for(message) == ""
    assert actions.find_link(token) == link


def test_messages_about_an_end_and_people_who_want_no_page_get_no_link():
    message = received()
    for notice in WITHOUT_LINK:
        message.notice = notice
        assert token_for(message) == ""
    assert token_for(received(no_online_page="yes")) == ""
    assert not Link.objects.exists()


def test_a_link_lives_ninety_days_or_past_its_visit():
    token_for(received())
    kept = Link.objects.get().expires_at - timezone.now()
    assert dt.timedelta(days=89) < kept <= dt.timedelta(days=90)
    message = make_request(Status.SCHEDULED).messages.get(notice=Notice.VISIT_AGREED)
    far = timezone.now() + dt.timedelta(days=200)
    type(message.request.visit).objects.update(starts_at=far, ends_at=far + dt.timedelta(hours=1))
    token_for(Message.objects.get(pk=message.pk))
    assert Link.objects.get(message=message).expires_at > far + dt.timedelta(days=13)


class Clock:
    """A clock that goes on by itself while something is done, and by what is slept."""

    WORK = 0.05

    def __init__(self) -> None:
        self.seconds = -self.WORK

    def monotonic(self) -> float:
        self.seconds += self.WORK
        return self.seconds

    def sleep(self, seconds: float) -> None:
        self.seconds += seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The clock of the answer, which starts with it."""
    made = Clock()
    monkeypatch.setattr(links, "time", made)
    return made


def test_reference_and_address_together_bring_a_new_link(clock):
    request = make_request(person=make_person(email=ADDRESS))
    actions.renew_link(f" {request.shown_reference.lower()} ", ADDRESS.lower())
    assert clock.seconds == pytest.approx(RENEWAL_TAKES)
    assert new_links(request) == 1
    assert request.events.first().actor == "patient"


@pytest.mark.parametrize("wrong", ["reference", "email", "nonsense", "empty"])
def test_anything_else_brings_nothing_and_answers_the_same_after_the_same_time(wrong, clock):
    request = make_request(person=make_person(email=ADDRESS))
    typed = {
        "reference": (reference.new(), ADDRESS),
        "email": (request.reference, "other@example.com"),
        "nonsense": ("\x00'; --", "x" * 10_000),
        "empty": ("", ""),
    }
    assert actions.renew_link(*typed[wrong]) is None
    assert clock.seconds == pytest.approx(RENEWAL_TAKES)
    assert not Message.objects.filter(notice=Notice.NEW_LINK).exists()


@pytest.mark.parametrize("wish", [{"no_email": "yes"}, {"no_online_page": "yes"}])
def test_whoever_wants_no_e_mail_or_no_page_gets_no_link(wish):
    request = make_request(person=make_person(email=ADDRESS, **wish))
    actions.renew_link(request.reference, ADDRESS)
    assert new_links(request) == 0
    with pytest.raises(NotPossible, match="no link"):
        actions.send_link(request, by=everybody())


def test_an_empty_address_matches_nobody():
    request = make_request(person=make_person(email=""))
    actions.renew_link(request.reference, "")
    assert new_links(request) == 0


def test_new_links_come_at_most_every_quarter_of_an_hour_and_four_times_a_day():
    request = make_request(person=make_person(email=ADDRESS))
    start = timezone.now()
    for minutes in (0, 1, 14, 16, 32, 48, 64, 80):
        with time_machine.travel(start + dt.timedelta(minutes=minutes), tick=False):
            try:
                actions.send_link(request, by=everybody())
            except NotPossible as refusal:
                assert "short while ago" in str(refusal)
    assert new_links(request) == 4
    with time_machine.travel(start + dt.timedelta(days=2), tick=False):
        actions.send_link(request, by=everybody())
    assert new_links(request) == 5


def test_a_request_that_ended_long_ago_gets_no_link():
    request = make_request(Status.WITHDRAWN, status_changed_at=timezone.now() - dt.timedelta(days=15))
    with pytest.raises(NotPossible, match="too long ago"):
        actions.send_link(request, by=everybody())


def test_shutting_shuts_every_link_and_says_so_when_there_is_none():
    request = make_request()
    tokens = [make_link(request)[1], make_link(request)[1], token_for(request.messages.last())]
    actions.revoke_links(request, by=everybody())
    assert [actions.find_link(token) for token in tokens] == [None] * 3
    assert not Link.objects.exclude(sealed_token=b"").exists()
    with pytest.raises(NotPossible, match="No link is open"):
        actions.revoke_links(request, by=everybody())
