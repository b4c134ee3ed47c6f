"""Every message goes out at least once, never twice while somebody holds it, or says why not."""

from __future__ import annotations

import datetime as dt
import logging
import socket
import time
from unittest import mock

import pytest
import time_machine
from django.db import InterfaceError, OperationalError
from django.template import TemplateDoesNotExist
from django.utils import timezone

from booking.actions import remind_of_visits
from booking.admin.reading.undelivered import why_failed
from booking.delivery import messages
from booking.delivery.outbox import LONGEST_WAIT, MAX_TRIES, deliver_due, wait_after
from booking.models import KeyCheck, Message
from booking.models.message import Delivery
from booking.models.request import TABLE
from booking.models.sealed import seal
from booking.rules.statuses import Status
from tests.booking.delivery import sink
from tests.booking.delivery.rows import due_now, fresh, received_alone
from tests.database_time import every_clock_at
from tests.factories import make_person, make_request

MINUTE = dt.timedelta(minutes=1)


@pytest.mark.django_db
def test_what_the_server_takes_is_sent_once(smtp):
    request = make_request(person=make_person(email="canary@example.com"))
    assert deliver_due() == 2
    assert deliver_due() == 0
    assert {message.state for message in request.messages.all()} == {Delivery.SENT}
    assert all(message.sent_at and message.attempts == 1 for message in request.messages.all())
    assert sorted(mail["To"] for mail in smtp.received) == ["canary@example.com", "front-desk@clinic.example"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("command", "answer", "error"),
    [
        ("RCPT", "550 5.1.1 <canary@example.com>: no such user", "smtp-550"),
        ("RCPT", "553 5.1.3 bad address", "smtp-553"),
        ("DATA", "554 5.7.1 <canary@example.com> refused", "smtp-554"),
        ("MAIL", "550 5.7.1 not from you", "smtp-550"),
    ],
)
def test_a_refusal_for_good_fails_at_once(smtp, command, answer, error):
    smtp.replies[command] = answer
    message = received_alone()
    assert deliver_due() == 0
    assert (fresh(message).state, fresh(message).error, fresh(message).attempts) == ("failed", error, 1)
    assert deliver_due() == 0
    assert smtp.received == []


@pytest.mark.django_db
@pytest.mark.parametrize("command", ["MAIL", "RCPT", "DATA"])
def test_a_refusal_for_now_is_tried_again(smtp, command):
    smtp.replies[command] = "421 4.3.2 <canary@example.com> try later"
    message, before = received_alone(), timezone.now()
    deliver_due()
    row = fresh(message)
    assert (row.state, row.error) == (Delivery.RETRY, "smtp-421")
    assert before + 0.8 * MINUTE <= row.next_try_at <= timezone.now() + MINUTE
    smtp.replies.clear()
    due_now(message)
    assert deliver_due() == 1
    assert (fresh(message).state, fresh(message).error) == (Delivery.SENT, "")


@pytest.mark.django_db
def test_a_server_that_is_away_keeps_everything_due(settings, smtp):
    port = settings.EMAIL_PORT
    make_request()
    make_request()
    # Bound, so that nobody else is, and not listening.
    with socket.socket() as away:
        away.bind(("127.0.0.1", 0))
        settings.EMAIL_PORT = away.getsockname()[1]
        assert deliver_due() == 0
    tried = Message.objects.filter(state=Delivery.RETRY)
    # One knock tells enough; the others keep all their tries.
    assert [message.error for message in tried] == ["ConnectionRefusedError"]
    assert Message.objects.filter(state=Delivery.QUEUED, attempts=0).count() == 3
    settings.EMAIL_PORT = port
    tried.update(next_try_at=timezone.now())
    assert deliver_due() == 4


@pytest.mark.django_db
def test_a_server_that_never_answers_holds_us_up_for_the_timeout_alone(settings, smtp):
    silent = sink.Silent()
    settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = silent.port, 1
    message, started = received_alone(), time.monotonic()
    deliver_due()
    silent.close()
    # Without the timeout it would wait for ever; the rest is for a busy machine.
    assert time.monotonic() - started < 60
    assert fresh(message).state == Delivery.RETRY


@pytest.mark.django_db
def test_a_connection_lost_after_the_data_brings_the_same_mail_again(smtp):
    smtp.drops_after_data = True
    message = received_alone()
    deliver_due()
    assert (fresh(message).state, fresh(message).error) == (Delivery.RETRY, "SMTPServerDisconnected")
    smtp.drops_after_data = False
    due_now(message)
    assert deliver_due() == 1
    first, second = smtp.received
    assert first["Message-ID"] == second["Message-ID"] == f"<{message.pk}@clinic.example>"


@pytest.mark.django_db
def test_it_is_given_up_after_the_last_try(smtp, caplog):
    smtp.replies["RCPT"] = "450 4.2.1 busy"
    message = received_alone()
    for tries in range(1, MAX_TRIES + 1):
        due_now(message)
        deliver_due()
        expected = Delivery.FAILED if tries == MAX_TRIES else Delivery.RETRY
        assert (fresh(message).state, fresh(message).attempts) == (expected, tries)
    assert [record.levelno for record in caplog.records][-2:] == [logging.WARNING, logging.ERROR]


@pytest.mark.parametrize(
    ("tries", "minutes"), [(1, 1), (2, 2), (3, 4), (8, 128), (9, 256), (10, 360), (12, 360), (40, 360)]
)
def test_waits_double_up_to_six_hours_and_spread(tries, minutes):
    waits = {wait_after(tries) for _ in range(50)}
    assert len(waits) > 1
    assert all(0.8 * minutes * MINUTE <= wait <= minutes * MINUTE for wait in waits)
    assert max(waits) <= LONGEST_WAIT


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "error"),
    [
        ("", "no-address"),
        ("nobody", "bad-address"),
        ("a@b@c", "bad-address"),
        ("a@example.com\nBcc: b@example.com", "bad-address"),
        (f"a@{'x' * 64}.com", "bad-address"),
    ],
    ids=["none", "no domain", "two domains", "line break", "endless label"],
)
def test_without_a_usable_address_it_fails_at_once(smtp, address, error):
    message = received_alone()
    message.request.seal_person(message.request.person.changed(email=address))
    message.request.save()
    deliver_due()
    assert (fresh(message).state, fresh(message).error) == (Delivery.FAILED, error)
    assert smtp.received == []


@pytest.mark.django_db
def test_the_address_is_the_one_of_now(smtp):
    message = received_alone()
    message.request.seal_person(message.request.person.changed(email="new@example.com"))
    message.request.save()
    deliver_due()
    assert [mail["To"] for mail in smtp.received] == ["new@example.com"]


@pytest.mark.django_db
def test_a_message_that_cannot_be_opened_fails_at_once_and_does_not_hold_up_the_next(smtp):
    broken, fine = received_alone(), received_alone()
    request = broken.request
    type(request).objects.filter(pk=request.pk).update(sealed_person=b"1|test|broken")
    assert deliver_due() == 1
    row = fresh(broken)
    assert (row.state, row.error, row.attempts) == (Delivery.FAILED, "SealBroken", 1)
    assert why_failed(row.error) == "what we stored cannot be opened (SealBroken)"
    assert list(Message.objects.to_tell()) == [row]
    assert fresh(fine).state == Delivery.SENT


@pytest.mark.django_db
@pytest.mark.parametrize("document", [b"no JSON", b"\xff", b"7"])
def test_a_document_that_opens_and_does_not_parse_fails_at_once_as_well(smtp, document):
    broken, fine = received_alone(), received_alone()
    request = broken.request
    sealed = seal(document, f"{TABLE}:{request.pk}:person")
    type(request).objects.filter(pk=request.pk).update(sealed_person=sealed)
    assert deliver_due() == 1
    row = fresh(broken)
    assert (row.state, row.error, row.attempts) == (Delivery.FAILED, "SealBroken", 1)
    assert list(Message.objects.to_tell()) == [row]
    assert fresh(fine).state == Delivery.SENT


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("error", "state", "code"),
    [
        (KeyError("canary@example.com"), Delivery.FAILED, "KeyError"),
        (TemplateDoesNotExist("mail.html"), Delivery.FAILED, "TemplateDoesNotExist"),
        (OperationalError("the database restarts"), Delivery.RETRY, "OperationalError"),
        (InterfaceError("connection closed"), Delivery.RETRY, "InterfaceError"),
        (OSError("too many open files"), Delivery.RETRY, "OSError"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else "",
)
def test_what_cannot_be_made_is_not_tried_again_unless_the_machine_is_at_fault(
    smtp, monkeypatch, error, state, code
):
    message = received_alone()
    monkeypatch.setattr(messages, "context", mock.Mock(side_effect=error))
    assert deliver_due() == 0
    row = fresh(message)
    assert (row.state, row.error, row.attempts) == (state, code, 1)


@pytest.mark.django_db
@pytest.mark.parametrize("opens", [True, False])
def test_a_notice_about_what_cannot_be_read_is_a_failed_message_and_not_silence(smtp, opens):
    request = make_request(Status.SCHEDULED)
    Message.objects.update(state=Delivery.DROPPED)
    no_json = seal(b"no JSON", f"{TABLE}:{request.pk}:person")
    type(request).objects.filter(pk=request.pk).update(sealed_person=no_json if opens else b"1|test|broken")
    with every_clock_at(request.visit.starts_at - 2 * dt.timedelta(hours=1)):
        remind_of_visits()
    assert deliver_due() == 0
    assert [(row.notice, row.error) for row in Message.objects.to_tell()] == [
        ("reminder-hours", "SealBroken")
    ]


@pytest.mark.django_db
def test_when_the_keys_turn_out_to_be_others_no_message_fails(smtp):
    """A restored backup of another database, while the worker runs."""
    message = received_alone()
    type(message.request).objects.update(sealed_person=b"1|test|broken")
    KeyCheck.objects.update(search_value=0)
    assert deliver_due() == 0
    assert (fresh(message).state, fresh(message).error) == (Delivery.RETRY, "KeysNotProved")


@pytest.mark.django_db
@pytest.mark.parametrize("hours", [-1, 1])
def test_mail_goes_out_at_once_whatever_the_clock_of_a_web_machine_says(smtp, hours):
    with time_machine.travel(timezone.now() + dt.timedelta(hours=hours)):
        make_request()
    assert deliver_due() == 2


@pytest.mark.django_db
@pytest.mark.parametrize("hours", [-1, 1])
def test_a_wrong_clock_of_the_worker_neither_takes_nor_doubles_a_message(smtp, hours):
    message = received_alone()
    smtp.replies["DATA"] = "421 try later"
    before = timezone.now()
    with time_machine.travel(before + dt.timedelta(hours=hours)):
        assert deliver_due() == 0
        assert 0.8 * MINUTE <= fresh(message).next_try_at - before <= 1.1 * MINUTE
        smtp.replies.clear()
        assert deliver_due() == 0, "it is not due before its wait is over"
        Message.objects.update(next_try_at=before)
        assert deliver_due() == 1
        assert abs(fresh(message).sent_at - before) < MINUTE


@pytest.mark.django_db
def test_neither_row_nor_log_tells_an_address(smtp, caplog):
    caplog.set_level(logging.DEBUG)
    smtp.replies["RCPT"] = "550 5.1.1 <canary@example.com>: no such user"
    message = received_alone()
    deliver_due()
    # The server of this test runs in the same process and logs what it hears.
    ours = [record.getMessage() for record in caplog.records if not record.name.startswith("mail.log")]
    told = " ".join([*map(str, Message.objects.values_list()), *ours])
    assert any(str(message.pk) in line for line in ours)
    assert "canary" not in told
