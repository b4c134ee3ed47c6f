"""While somebody holds a message nobody else sends it; when they die, somebody else does."""

from __future__ import annotations

import threading

import pytest
from django.db import connection
from django.utils import timezone

from booking.delivery import outbox
from booking.delivery.outbox import LEASE, MAX_TRIES, deliver_due
from booking.models import Message
from booking.models.message import Delivery
from booking.rules.statuses import Status
from tests.booking.delivery.rows import due_now, fresh, received_alone
from tests.factories import make_request


@pytest.mark.django_db
def test_a_sender_that_died_leaves_its_message_due_when_its_lease_ends(smtp, monkeypatch):
    message = received_alone()

    class Killed(BaseException):
        pass

    def die(_message):
        raise Killed

    monkeypatch.setattr(outbox, "as_email", die)
    with pytest.raises(Killed):
        deliver_due()
    monkeypatch.undo()
    held = fresh(message)
    assert (held.state, held.attempts) == (Delivery.IN_FLIGHT, 1)
    assert deliver_due() == 0, "it is held"
    assert held.next_try_at - timezone.now() <= LEASE
    due_now(message)
    assert deliver_due() == 1
    assert (fresh(message).state, fresh(message).attempts) == (Delivery.SENT, 2)


@pytest.mark.django_db
def test_a_message_that_kills_every_sender_is_given_up(smtp):
    message = received_alone()
    row = Message.objects.filter(pk=message.pk)
    row.update(state=Delivery.IN_FLIGHT, attempts=MAX_TRIES, next_try_at=timezone.now())
    deliver_due()
    assert (fresh(message).state, fresh(message).error) == (Delivery.FAILED, "sender-lost")
    assert smtp.received == []


@pytest.mark.django_db
def test_what_was_overtaken_while_its_sender_was_lost_is_no_call_to_make(smtp):
    message = received_alone()
    type(message.request).objects.filter(pk=message.request.pk).update(status=Status.WAITING_FOR_PATIENT)
    row = Message.objects.filter(pk=message.pk)
    row.update(state=Delivery.IN_FLIGHT, attempts=MAX_TRIES, next_try_at=timezone.now())
    deliver_due()
    assert (fresh(message).state, fresh(message).error) == (Delivery.DROPPED, "sender-lost")


@pytest.mark.django_db
def test_a_late_failure_does_not_undo_what_another_sender_did(smtp):
    message = received_alone()
    held = outbox._claim()
    due_now(message)
    assert deliver_due() == 1
    outbox._mark(held, outbox.Failure("TimeoutError", server_away=True))
    assert fresh(message).state == Delivery.SENT


@pytest.mark.django_db
def test_asked_to_stop_it_ends_between_two_messages(smtp):
    make_request()
    answers = iter([False, True])
    assert deliver_due(stop=lambda: next(answers)) == 1
    assert Message.objects.filter(state=Delivery.QUEUED).count() == 1


@pytest.mark.django_db(transaction=True)
def test_nothing_is_sent_inside_a_transaction(smtp, monkeypatch):
    message = received_alone()
    inside = []
    real = outbox.as_email

    def watch(row):
        inside.append(connection.in_atomic_block)
        assert fresh(message).state == Delivery.IN_FLIGHT
        return real(row)

    monkeypatch.setattr(outbox, "as_email", watch)
    assert deliver_due() == 1
    assert inside == [False]


@pytest.mark.django_db(transaction=True)
def test_many_senders_never_send_one_message_twice(smtp):
    messages = {str(received_alone().pk) for _ in range(12)}
    smtp.pause = 0.02
    together, sent = threading.Barrier(4), []

    def send() -> None:
        together.wait()
        try:
            sent.append(deliver_due())
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    ids = sorted(mail["Message-ID"].strip("<>").partition("@")[0] for mail in smtp.received)
    assert ids == sorted(messages)
    assert sum(sent) == 12
    assert sum(count > 0 for count in sent) > 1, "they did not really compete"
