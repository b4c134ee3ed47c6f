"""A private link: what it opens, for whom, and how often one may guess."""

from __future__ import annotations

import datetime as dt
from threading import Thread

import pytest
import time_machine
from django.core import signing
from django.db import connection
from django.utils import timezone

from booking import actions
from booking.actions import Actor
from booking.models import Link
from booking.rules.errors import BookingError, LinkGone, LinkRests, WrongBirthDate
from booking.rules.reasons import CloseReason
from booking.rules.statuses import Status
from booking.rules.tokens import OPEN_FOR, REST, TRIES, TRIES_EVER, make_token
from tests.database_time import database_time, every_clock_at
from tests.factories import everybody, make_link, make_person, make_request

BORN = dt.date(1980, 1, 7)
WRONG = dt.date(1981, 1, 7)


def guess(token: str) -> BookingError:
    with pytest.raises(BookingError) as refusal:
        actions.unlock(token, WRONG)
    return refusal.value


@pytest.mark.django_db
def test_the_birth_date_opens_the_request_and_the_key_keeps_it_open():
    request = make_request()
    link, token = make_link(request)
    opened = actions.unlock(token, BORN)
    assert opened.request == request
    found = actions.opened_link(opened.key)
    assert (found, found.request, found.last_used_at is not None) == (link, request, True)


@pytest.mark.django_db
def test_looking_at_a_link_changes_nothing():
    link, token = make_link(make_request())
    before = Link.objects.filter(pk=link.pk).values().get()
    for _ in range(10):
        assert actions.find_link(token) == link
    assert Link.objects.filter(pk=link.pk).values().get() == before


@pytest.mark.django_db
def test_five_wrong_dates_let_the_link_rest_for_an_hour_even_for_the_right_one():
    link, token = make_link(make_request())
    left = [guess(token).left for _ in range(TRIES - 1)]
    assert left == [4, 3, 2, 1]
    assert isinstance(guess(token), LinkRests)
    with pytest.raises(LinkRests) as refusal:
        actions.unlock(token, BORN)
    assert refusal.value.until > timezone.now()
    with every_clock_at(timezone.now() + REST):
        assert actions.unlock(token, BORN).link == link
        assert isinstance(guess(token), WrongBirthDate)


@pytest.mark.django_db
def test_a_link_that_was_guessed_at_too_often_is_shut_for_good():
    link, token = make_link(make_request())
    now = timezone.now()
    for n in range(TRIES_EVER):
        with every_clock_at(now + n * REST):
            last = guess(token)
    assert isinstance(last, LinkGone)
    link.refresh_from_db()
    assert link.revoked_at is not None
    with every_clock_at(now + dt.timedelta(days=2)), pytest.raises(LinkGone):
        actions.unlock(token, BORN)


@pytest.mark.django_db(transaction=True)
def test_guesses_at_the_same_time_all_count():
    link, token = make_link(make_request())

    def run() -> None:
        try:
            actions.unlock(token, WRONG)
        except BookingError:
            pass
        finally:
            connection.close()

    threads = [Thread(target=run) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    link.refresh_from_db()
    assert (link.wrong_tries, link.is_resting(timezone.now())) == (TRIES, True)


@pytest.mark.django_db
def test_unknown_expired_shut_and_unwanted_links_answer_alike():
    now = timezone.now()
    _link, expired = make_link(
        make_request(), created_at=now - dt.timedelta(days=2), expires_at=now - dt.timedelta(seconds=1)
    )
    _link, shut = make_link(make_request(), revoked_at=now)
    _link, unwanted = make_link(make_request(person=make_person(no_online_page="yes")))
    sentences = set()
    for token in (expired, shut, unwanted, make_token(), "", "x", "a" * 43, "a" * 10_000, "\x00", "é" * 43):
        assert actions.find_link(token) is None
        with pytest.raises(LinkGone) as refusal:
            actions.unlock(token, BORN)
        sentences.add(str(refusal.value))
    assert len(sentences) == 1


@pytest.mark.django_db
def test_a_key_opens_for_fifteen_minutes_and_only_as_long_as_its_link():
    link, token = make_link(make_request())
    key = actions.unlock(token, BORN).key
    for late, opens in ((dt.timedelta(seconds=-5), True), (dt.timedelta(seconds=2), False)):
        with database_time(timezone.now() + OPEN_FOR + late):
            assert (actions.opened_link(key) is not None) is opens
    actions.revoke_links(link.request, by=everybody())
    assert actions.opened_link(key) is None


@pytest.mark.django_db
@pytest.mark.parametrize("days", [-30, 300])
def test_a_wrong_clock_neither_shuts_a_link_nor_lets_it_rest_for_longer(days):
    link, token = make_link(make_request())
    with time_machine.travel(timezone.now() + dt.timedelta(days=days)):
        assert actions.find_link(token) == link
        last = [guess(token) for _try in range(TRIES)][-1]
        assert isinstance(last, LinkRests)
    with database_time(timezone.now() + REST + dt.timedelta(minutes=1)):
        assert actions.unlock(token, BORN).link == link


@pytest.mark.django_db
@pytest.mark.parametrize("hours", [-1, 1])
def test_a_web_machine_whose_clock_is_wrong_opens_the_page_for_as_long(hours):
    _link, token = make_link(make_request())
    with time_machine.travel(timezone.now() + dt.timedelta(hours=hours)):
        key = actions.unlock(token, BORN).key
    assert actions.opened_link(key)
    with database_time(timezone.now() + OPEN_FOR + dt.timedelta(seconds=2)):
        assert actions.opened_link(key) is None


@pytest.mark.django_db
def test_locking_ends_every_copy_of_a_key_and_the_link_opens_anew():
    link, token = make_link(make_request())
    key = actions.unlock(token, BORN).key
    # What a page hands out again while another one locks.
    under_way = actions.opened_link(key)
    actions.lock(key)
    assert actions.opened_link(key) is None
    assert actions.opened_link(actions.opened_key(under_way)) is None
    fresh = actions.unlock(token, BORN).key
    actions.lock(key)
    assert actions.opened_link(fresh) == link


@pytest.mark.django_db
def test_a_key_whose_time_is_over_ends_the_copies_that_went_on():
    _link, token = make_link(make_request())
    key = actions.unlock(token, BORN).key
    with database_time(timezone.now() + OPEN_FOR - dt.timedelta(minutes=1)):
        copy = actions.opened_key(actions.opened_link(key))
    with database_time(timezone.now() + OPEN_FOR + dt.timedelta(minutes=1)):
        assert actions.opened_link(copy)
        actions.lock(key)
        assert actions.opened_link(copy) is None


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["", "x", "a:b:c", "\x00", "é", "a" * 5000])
def test_a_key_that_we_did_not_make_opens_nothing(key):
    assert actions.opened_link(key) is None


@pytest.mark.django_db
def test_a_key_signed_for_something_else_opens_nothing():
    link, token = make_link(make_request())
    known = actions.unlock(token, BORN).key.rpartition(":")[0]
    assert actions.opened_link(signing.Signer(salt="booking.opened-link.2").sign(known)) == link
    assert actions.opened_link(signing.Signer(salt="other").sign(known)) is None


@pytest.mark.django_db
def test_a_release_that_reads_keys_of_another_form_refuses_ours():
    _link, token = make_link(make_request())
    before = signing.TimestampSigner(salt="booking.opened-link")
    with pytest.raises(signing.BadSignature):
        before.unsign(actions.unlock(token, BORN).key)


@pytest.mark.django_db
def test_after_the_end_a_link_shows_how_it_ended_and_spam_opens_nothing():
    request, spam = make_request(), make_request()
    link, token = make_link(request)
    _link, spam_token = make_link(spam)
    actions.withdraw(request, by=Actor.patient())
    actions.close(spam, CloseReason.SPAM, by=everybody())
    link.refresh_from_db()
    assert actions.unlock(token, BORN).request.status == Status.WITHDRAWN
    assert link.expires_at < timezone.now() + dt.timedelta(days=15)
    assert actions.find_link(spam_token) is None


@pytest.mark.django_db
def test_the_table_holds_no_token():
    link, token = make_link(make_request())
    row = Link.objects.filter(pk=link.pk).values_list().get()
    assert token not in str(row)
    assert bytes(link.token_hash) != token.encode()
    assert len(bytes(link.token_hash)) == 32
