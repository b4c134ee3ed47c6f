"""The private link in mails that a real server takes, drops, refuses or never answers."""

from __future__ import annotations

import datetime as dt
import logging
import re
from email.message import Message as Mail

import pytest
from django.db import connection

from booking import actions
from booking.actions import Actor
from booking.delivery.outbox import deliver_due
from booking.models import Link, Message
from booking.models.message import Delivery
from booking.rules.notices import Notice
from booking.rules.statuses import Status
from tests.booking.delivery import sink
from tests.booking.delivery.rows import due_now, fresh, received_alone
from tests.factories import everybody, free_time, make_clinician, make_person, make_request

pytestmark = pytest.mark.django_db
BORN = dt.date(1980, 1, 7)


def tokens(mail: Mail) -> set[str]:
    """Return the tokens in the text and in the HTML of a mail."""
    parts = [part for part in mail.walk() if part.get_content_maintype() == "text"]
    texts = [part.get_payload(decode=True).decode() for part in parts]
    return {token for text in texts for token in re.findall(r"/my-request/([\w-]{43})/", text)}


def test_the_link_that_came_by_mail_opens_the_request(smtp):
    message = received_alone()
    deliver_due()
    (token,) = tokens(smtp.received[0])
    assert actions.unlock(token, BORN).request == message.request
    assert bytes(Link.objects.get().sealed_token) == b""


def test_a_mail_that_came_twice_carries_one_link_that_works(smtp):
    smtp.drops_after_data = True
    message = received_alone()
    deliver_due()
    (first,) = tokens(smtp.received[0])
    assert actions.find_link(first)
    smtp.drops_after_data = False
    due_now(message)
    deliver_due()
    assert fresh(message).state == Delivery.SENT
    assert [tokens(mail) for mail in smtp.received] == [{first}, {first}]
    assert Link.objects.count() == 1


def test_a_refused_mail_stops_at_once_becomes_a_call_and_keeps_no_token(smtp):
    smtp.replies["RCPT"] = "550 5.1.1 no such user"
    message = received_alone()
    deliver_due()
    due_now(message)
    deliver_due()
    assert (fresh(message).state, fresh(message).attempts) == (Delivery.FAILED, 1)
    assert Message.objects.to_tell().filter(pk=message.pk).exists()
    assert not Link.objects.exclude(sealed_token=b"").exists()


def test_a_server_that_hangs_keeps_the_same_link_for_the_next_try(settings, smtp):
    silent = sink.Silent()
    port, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = settings.EMAIL_PORT, silent.port, 0.5
    message = received_alone()
    assert deliver_due() == 0
    silent.close()
    assert fresh(message).state == Delivery.RETRY
    kept = Link.objects.get().waiting_token
    settings.EMAIL_PORT = port
    due_now(message)
    assert deliver_due() == 1
    assert tokens(smtp.received[0]) == {kept}


def test_what_is_no_longer_true_is_dropped_and_nobody_needs_to_call(smtp):
    request = make_request(Status.SCHEDULED, person=make_person(email="canary@example.com"))
    request.messages.exclude(notice=Notice.VISIT_AGREED).update(state=Delivery.FAILED)
    actions.move_visit(request, make_clinician(), free_time(dt.timedelta(days=6)), by=everybody())
    deliver_due()
    states = dict(request.messages.filter(notice__startswith="visit").values_list("notice", "state"))
    assert states == {Notice.VISIT_AGREED: Delivery.DROPPED, Notice.VISIT_MOVED: Delivery.SENT}
    assert [mail["Subject"] for mail in smtp.received] == ["Your visit has a new time"]
    assert not Message.objects.to_tell().filter(notice=Notice.VISIT_AGREED).exists()


def test_no_token_stands_in_rows_jobs_or_logs(smtp, caplog):
    caplog.set_level(logging.DEBUG)
    message = received_alone()
    deliver_due()
    (token,) = tokens(smtp.received[0])
    actions.unlock(token, BORN)
    actions.reply(message.request, "Hello.", by=Actor.patient())
    with connection.cursor() as cursor:
        cursor.execute("SELECT args::text FROM procrastinate_jobs")
        jobs = cursor.fetchall()
    rows = [
        *Message.objects.values_list(),
        *Link.objects.values_list(),
        *message.request.events.values_list(),
    ]
    ours = [one.getMessage() for one in caplog.records if not one.name.startswith("mail.log")]
    assert token not in " ".join(map(str, [*jobs, *rows, *ours]))
