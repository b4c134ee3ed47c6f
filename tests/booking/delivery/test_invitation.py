"""Visits as calendar files: two readers agree on them, and calendars follow each change."""

from __future__ import annotations

import datetime as dt
from email import policy
from email.parser import BytesParser

import pytest
import time_machine
import vobject
from icalendar import Calendar

from booking import actions
from booking.actions import Actor
from booking.delivery.invitation import Method, calendar_file, visit_file
from booking.delivery.messages import as_email
from booking.models import Message, Visit
from booking.rules.notices import Notice
from booking.rules.reasons import CancelReason, CloseReason
from booking.rules.statuses import Status
from tests.factories import everybody, free_time, make_clinician, make_person, make_request

pytestmark = pytest.mark.django_db
ADDRESS = "test.patient@example.com"


def scheduled():
    return make_request(Status.SCHEDULED, person=make_person(email=ADDRESS, full_name="Canary Quetzal"))


def mailed(message: Message) -> list[bytes]:
    """Return the calendar files in a mail, read from its bytes as a mail program does."""
    mail = BytesParser(policy=policy.default).parsebytes(as_email(message).message().as_bytes())
    parts = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
    assert {part.get_param("method") for part in parts} <= {"REQUEST", "CANCEL"}
    return [part.get_content().encode() for part in parts]


def event_of(file: bytes) -> tuple[str, str, int, str, dt.datetime]:
    """Return method, UID, SEQUENCE, STATUS and start, on which both readers must agree."""
    ours = Calendar.from_ical(file)
    (event,) = ours.walk("VEVENT")
    found = (
        str(ours["method"]),
        str(event["uid"]),
        event["sequence"],
        str(event["status"]),
        event["dtstart"].dt,
    )
    theirs = vobject.readOne(file.decode())
    second = theirs.vevent
    other = (theirs.method.value, second.uid.value, int(second.sequence.value), second.status.value)
    assert (*other, second.dtstart.value) == found
    return found


def test_a_visit_is_invited_to_moved_and_cancelled_under_one_id():
    request, by = scheduled(), everybody()
    start, later = request.visit.starts_at, free_time(dt.timedelta(days=5))
    agreed = [event_of(file) for file in mailed(request.messages.get(notice=Notice.VISIT_AGREED))]
    request = actions.move_visit(request, make_clinician(), later, by=by)
    moved = [event_of(file) for file in mailed(request.messages.get(notice=Notice.VISIT_MOVED))]
    request = actions.cancel_visit(request, CancelReason.CLINIC, by=by)
    cancelled = [event_of(file) for file in mailed(request.messages.get(notice=Notice.VISIT_CANCELLED))]
    uid = agreed[0][1]
    assert agreed == [("REQUEST", uid, 0, "CONFIRMED", start)] * 2
    assert moved == [("REQUEST", uid, 1, "CONFIRMED", later)] * 2
    assert cancelled == [("CANCEL", uid, 2, "CANCELLED", later)] * 2


@pytest.mark.parametrize(
    ("end", "notice"),
    [
        (lambda request: actions.withdraw(request, by=Actor.patient()), Notice.WITHDRAWN),
        (lambda request: actions.close(request, CloseReason.OTHER, by=everybody()), Notice.CLOSED),
    ],
    ids=["withdrawn", "closed"],
)
def test_a_request_that_ends_takes_its_visit_out_of_the_calendar(end, notice):
    with_visit, without = scheduled(), make_request()
    uid = event_of(visit_file(with_visit.visit, "en"))[1]
    for request in (with_visit, without):
        end(request)
        request.refresh_from_db()
    (first, _second) = mailed(with_visit.messages.get(notice=notice))
    assert event_of(first)[:4] == ("CANCEL", uid, 1, "CANCELLED")
    assert mailed(without.messages.get(notice=notice)) == []


@pytest.mark.parametrize(
    ("language", "agreed", "cancelled"),
    [("en", "Appointment", "Cancelled: Appointment"), ("es", "Cita", "Cancelada: Cita")],
)
def test_the_title_says_in_the_patients_language_that_a_visit_is_cancelled(language, agreed, cancelled):
    request = make_request(Status.SCHEDULED, person=make_person(email=ADDRESS, language=language))
    (sent, _attached) = mailed(request.messages.get(notice=Notice.VISIT_AGREED))
    request = actions.cancel_visit(request, CancelReason.CLINIC, by=everybody())
    (off, _attached) = mailed(request.messages.get(notice=Notice.VISIT_CANCELLED))
    files = (sent, off, visit_file(request.visits.get(), language))
    titles = [str(Calendar.from_ical(file).walk("VEVENT")[0]["summary"]) for file in files]
    assert titles == [agreed, cancelled, cancelled]


def test_other_messages_bring_no_calendar():
    assert mailed(make_request().messages.get(notice=Notice.RECEIVED)) == []


def test_a_visit_of_the_next_offer_is_another_one():
    request = scheduled()
    first = event_of(visit_file(request.visit, "en"))[1]
    request = actions.cancel_visit(request, CancelReason.PATIENT, by=Actor.patient())
    again = actions.book_time(request, make_clinician(), free_time(dt.timedelta(days=3)), by=everybody())
    assert event_of(visit_file(again.visit, "en"))[1] != first


@pytest.mark.parametrize(
    "moment",
    ["2026-03-08T09:59:00+00:00", "2026-11-01T08:30:00+00:00", "2026-11-01T09:30:00+00:00"],
    ids=["last hour of standard time", "first 1:30", "second 1:30"],
)
def test_times_stay_right_on_the_days_when_the_clocks_change(moment):
    visit = scheduled().visit
    visit.starts_at = dt.datetime.fromisoformat(moment)
    visit.ends_at = visit.starts_at + dt.timedelta(hours=1)
    (event,) = Calendar.from_ical(visit_file(visit, "en")).walk("VEVENT")
    assert event["dtstart"].dt == visit.starts_at
    assert event["dtend"].dt - event["dtstart"].dt == dt.timedelta(hours=1)


def test_nothing_in_it_names_person_place_or_care(clinic):
    file = calendar_file(scheduled().visit, Method.REQUEST, "en", to=ADDRESS).decode().lower()
    for word in (
        "canary",
        "quetzal",
        "sonoran",
        "pain",
        "spine",
        "botox",
        "migraine",
        "location",
        "clinician",
    ):
        assert word not in file
    assert "summary:appointment" in file
    assert "(480) 555-0100" in file


def test_the_download_invites_nobody_and_mails_invite_one():
    visit = scheduled().visit
    (mine,) = Calendar.from_ical(visit_file(visit, "en")).walk("VEVENT")
    assert "attendee" not in mine
    (sent,) = Calendar.from_ical(calendar_file(visit, Method.REQUEST, "en", to=ADDRESS)).walk("VEVENT")
    assert str(sent["attendee"]) == f"mailto:{ADDRESS}"
    assert str(sent["organizer"]).startswith("mailto:")


def test_lines_are_folded_and_end_as_the_standard_says():
    file = calendar_file(scheduled().visit, Method.REQUEST, "es", to="a" * 60 + "@example.com")
    lines = file.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert b"\n" not in b"".join(lines)


def test_the_file_is_the_same_for_the_same_state(settings):
    request = scheduled()
    with time_machine.travel("2026-05-05T10:00Z", tick=False):
        assert visit_file(request.visit, "en") == visit_file(Visit.objects.get(pk=request.visit_id), "en")
