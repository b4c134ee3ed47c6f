"""A clinician's feed, read by two calendar libraries: initials and reference, and nothing else."""

from __future__ import annotations

import datetime as dt

import icalendar
import pytest
import time_machine
import vobject
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from booking import actions
from booking.actions import Actor
from booking.models import AccessLog, CalendarFeed, Schedule
from booking.models.access import Look
from booking.rules.reasons import CancelReason
from booking.rules.roles import Role
from booking.rules.statuses import Status
from tests.factories import (
    everybody,
    free_time,
    make_answers,
    make_clinician,
    make_person,
    make_request,
    make_staff,
    offered_times,
)

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)
CANARY = make_person(full_name="Canary Ada Lovelace", email="canary@example.com", phone="+14805550177")


@pytest.fixture
def clinician():
    return make_clinician()


@pytest.fixture
def address(clinician) -> str:
    return f"/calendar/{actions.renew_feed(clinician, by=everybody())}.ics"


def booked(clinician, start=None, **fields):
    return actions.book_time(make_request(**fields), clinician, start or free_time(), by=everybody())


def events(client: Client, address: str) -> list[icalendar.Event]:
    answer = client.get(address)
    assert answer.status_code == 200
    return icalendar.Calendar.from_ical(answer.content).walk("VEVENT")


def test_two_readers_see_the_visit_with_initials_and_reference(client, address, clinician):
    request = booked(clinician, person=CANARY)
    answer = client.get(address)
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    [event] = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
    [other] = vobject.readOne(answer.content.decode()).vevent_list
    assert str(event["summary"]) == other.summary.value == f"C. A. L. {request.shown_reference}"
    assert event.start == other.dtstart.value == request.visit.starts_at
    assert event.end == other.dtend.value == request.visit.ends_at
    assert str(event["status"]) == "CONFIRMED"


def test_no_name_condition_contact_or_type_is_in_it(client, address, clinician):
    booked(clinician, person=CANARY, answers=make_answers(topic="tmj", in_own_words="Canary words"))
    text = client.get(address).text.lower()
    for private in ("canary", "lovelace", "5550177", "example.com\r\nattendee", "tmj", "jaw", "first visit"):
        assert private not in text


def test_a_visit_keeps_its_uid_while_it_moves_and_is_cancelled(client, address, clinician):
    request = booked(clinician)
    [first] = events(client, address)
    request = actions.move_visit(request, clinician, free_time() + HOUR, by=everybody())
    [moved] = events(client, address)
    actions.cancel_visit(request, CancelReason.CLINIC, by=everybody())
    [cancelled] = events(client, address)
    assert first["uid"] == moved["uid"] == cancelled["uid"]
    assert [one["sequence"] for one in (first, moved, cancelled)] == [0, 1, 2]
    assert moved.start == first.start + HOUR
    assert str(cancelled["status"]) == "CANCELLED"


def test_the_title_says_in_words_that_a_visit_is_held_or_cancelled(client, address, clinician):
    request = make_request(Status.IN_REVIEW, person=CANARY)
    request = actions.offer_times(request, offered_times(1, clinician), by=everybody())
    whose = f"C. A. L. {request.shown_reference}"
    assert [str(one["summary"]) for one in events(client, address)] == [f"Held: {whose}"]
    request = actions.accept_time(request, request.visits.on_offer()[0].pk, by=Actor.patient())
    assert [str(one["summary"]) for one in events(client, address)] == [whose]
    actions.cancel_visit(request, CancelReason.CLINIC, by=everybody())
    assert [str(one["summary"]) for one in events(client, address)] == [f"Cancelled: {whose}"]


def test_a_program_that_compares_hears_of_another_format_of_the_same_visits(
    client, address, clinician, monkeypatch
):
    booked(clinician)
    kept = {"If-None-Match": client.get(address).headers["ETag"]}
    assert client.get(address, headers=kept).status_code == 304
    monkeypatch.setattr("booking.delivery.clinician_calendar.FORMAT", 0)
    assert client.get(address, headers=kept).status_code == 200


def test_search_engines_keep_nothing_of_it(client, address):
    for answer in (client.get(address), client.get("/calendar/unknown.ics")):
        assert answer.headers["X-Robots-Tag"] == "noindex"


def test_held_times_are_tentative_and_vanish_unless_chosen(client, address, clinician):
    request = actions.offer_times(make_request(Status.IN_REVIEW), offered_times(2, clinician), by=everybody())
    assert [str(one["status"]) for one in events(client, address)] == ["TENTATIVE"] * 2
    actions.accept_time(request, request.visits.on_offer()[0].pk, by=Actor.patient())
    assert [str(one["status"]) for one in events(client, address)] == ["CONFIRMED"]


def test_only_the_clinicians_own_visits(client, address):
    booked(make_clinician())
    assert events(client, address) == []


def test_what_has_not_changed_is_answered_with_304_and_little_work(client, address, clinician):
    request = booked(clinician)
    first = client.get(address)
    assert first.headers["Cache-Control"] == "private, no-cache"
    with CaptureQueriesContext(
        connection,
    ) as queries:
        again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert len(queries) == 2
    actions.move_visit(request, clinician, free_time() + HOUR, by=everybody())
    assert client.get(address, headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_the_work_does_not_grow_with_the_visits(client, address, clinician):
    for n in range(5):
        booked(clinician, free_time() + n * HOUR)
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    assert len(queries) == 5


@pytest.mark.parametrize("token", ["x", "a" * 43, "a" * 3000, "%00", "..%2f..%2fadmin"])
def test_a_wrong_token_is_not_found(client, address, token):
    answer = client.get(f"/calendar/{token}.ics")
    assert answer.status_code in (400, 404)
    assert "VCALENDAR" not in answer.text


def test_a_renewed_or_revoked_address_is_not_found(client, address, clinician):
    newer = f"/calendar/{actions.renew_feed(clinician, by=everybody())}.ics"
    assert (client.get(address).status_code, client.get(newer).status_code) == (404, 200)
    actions.revoke_feed(clinician, by=everybody())
    assert client.get(newer).status_code == 404


def test_an_address_dies_with_the_account_of_who_knows_it(client, address, clinician):
    maker, own = everybody().user, make_staff(Role.CLINICIAN)
    Schedule.objects.create(clinician=clinician, user=own)
    for knows in (maker, own):
        assert client.get(address).status_code == 200
        type(knows).objects.filter(pk=knows.pk).update(is_active=False)
        assert client.get(address).status_code == 404
        type(knows).objects.filter(pk=knows.pk).update(is_active=True)


def test_the_same_visits_make_the_same_file_and_a_change_a_newer_stamp(client, address, clinician):
    request = booked(clinician)
    first, later = client.get(address), timezone.now() + HOUR
    with time_machine.travel(later, tick=False):
        again = client.get(address)
        assert (again.content, again.headers["ETag"]) == (first.content, first.headers["ETag"])
        actions.move_visit(request, clinician, free_time() + HOUR, by=everybody())
        [moved] = events(client, address)
    [before] = icalendar.Calendar.from_ical(first.content).walk("VEVENT")
    assert moved["dtstamp"].dt == moved["last-modified"].dt == later.replace(microsecond=0)
    assert before["dtstamp"].dt < moved["dtstamp"].dt


def test_lines_end_and_fold_as_calendar_programs_expect(client, address, clinician):
    clinician.name = "Demo Clinician with a very long name, " * 4
    clinician.save()
    booked(clinician)
    content = client.get(address).content
    lines = content.split(b"\r\n")
    assert content.endswith(b"END:VCALENDAR\r\n") and b"\n" not in content.replace(b"\r\n", b"")
    assert max(map(len, lines)) <= 75
    assert {b"REFRESH-INTERVAL;VALUE=DURATION:PT15M", b"X-PUBLISHED-TTL:PT15M", b"VERSION:2.0"} <= {*lines}
    assert clinician.name.strip() in str(icalendar.Calendar.from_ical(content)["x-wr-calname"])


def test_a_cancelled_visit_takes_no_time(client, address, clinician):
    request = booked(clinician)
    assert str(events(client, address)[0]["transp"]) == "OPAQUE"
    actions.cancel_visit(request, CancelReason.CLINIC, by=everybody())
    assert str(events(client, address)[0]["transp"]) == "TRANSPARENT"


def test_nothing_but_reading(client, address):
    strict = Client(enforce_csrf_checks=True)
    assert [strict.generic(verb, address).status_code for verb in ("PROPFIND", "OPTIONS", "PUT")] == [405] * 3
    assert client.post(address).status_code == 405
    whole, head = client.get(address), client.head(address)
    assert (head.status_code, head.content) == (200, b"")
    for name in ("Content-Type", "ETag", "Cache-Control"):
        assert head.headers[name] == whole.headers[name]


def reads() -> list[tuple[int | None, int]]:
    return list(AccessLog.objects.filter(look=Look.FEED).values_list("user", "feed"))


def test_each_reading_that_shows_visits_is_on_record_and_nothing_else_is(client, address, clinician):
    booked(clinician)
    feed = CalendarFeed.objects.get().pk
    first = client.get(address)
    assert reads() == [(None, feed)]
    assert client.get(address, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    assert client.get("/calendar/" + "a" * 43 + ".ics").status_code == 404
    assert reads() == [(None, feed)]
    client.get(address)
    assert reads() == [(None, feed)] * 2
    actions.revoke_feed(clinician, by=everybody())
    assert client.get(address).status_code == 404
    assert len(reads()) == 2


def test_no_record_no_calendar(client, address, clinician):
    request = booked(clinician, person=CANARY)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE booking_accesslog ADD CONSTRAINT full_disk CHECK (false) NOT VALID")
    client.raise_request_exception = False
    answer = client.get(address)
    assert answer.status_code == 500
    assert "VCALENDAR" not in answer.text and request.shown_reference not in answer.text


def test_a_calendar_read_without_end_is_told_when_to_come_again(client, address, clinician):
    booked(clinician)
    first = client.get(address)
    feed = CalendarFeed.objects.get()
    AccessLog.objects.bulk_create(AccessLog(feed=feed, look=Look.FEED) for _ in range(119))
    answer = client.get(address)
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "900")
    assert "VCALENDAR" not in answer.text
    # Whoever compares costs nothing, and hears.
    assert client.get(address, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
