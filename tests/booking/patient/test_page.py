"""The page of every state: what it says, what can be done there, and what it never shows."""

from __future__ import annotations

import datetime as dt
import html
import re
from typing import Any

import pytest
from django.utils import timezone
from icalendar import Calendar

from booking import actions
from booking.actions import Actor
from booking.models import Absence, ConsultationRequest, Schedule
from booking.patient.self_service import ACTS
from booking.rules.notice_period import NoticePeriod
from booking.rules.patient_activity import PatientActivity
from booking.rules.reasons import CancelReason, CloseReason, DeclineReason
from booking.rules.statuses import FINAL, OPEN, Status
from booking.rules.tokens import KEPT_AFTER
from tests.booking.patient.conftest import Visitor
from tests.database_time import every_clock_at
from tests.factories import (
    begin_visit,
    everybody,
    free_time,
    make_answers,
    make_clinician,
    make_person,
    make_request,
    offered_times,
)

ME = Actor.patient()
HEADINGS = {
    Status.NEW: "We have your request",
    Status.IN_REVIEW: "Our team reads your request",
    Status.WAITING_FOR_PATIENT: "We have a question for you",
    Status.TIMES_OFFERED: "Choose one of these times",
    Status.SCHEDULED: "Your visit is booked",
    Status.SEEN: "You came to your visit",
    Status.DECLINED: "We cannot offer you a visit",
    Status.WITHDRAWN: "You took back your request",
    Status.CLOSED: "Your request is closed",
}
# Where an act's page opens; everywhere else the present state is shown with the reason.
POSSIBLE = {
    "write": OPEN,
    "contact": OPEN,
    "withdraw": OPEN,
    "none-suit": {Status.TIMES_OFFERED},
    "move": {Status.SCHEDULED},
    "earlier": {Status.SCHEDULED},
    "not-earlier": {Status.SCHEDULED},
    "cancel": {Status.SCHEDULED},
}
# Tokens, ids and references may hold any letters.
RANDOM = re.compile(
    r'value="[\w-]{32,}"|times/[\w-]{36}/|[0-9A-Z]{5}-[0-9A-Z]{5}|^(UID|DTSTAMP):.*$', re.MULTILINE
)
TAG = re.compile(r"<[^>]+>|\s+")


def words(response: Any) -> str:
    """Return the words of a page, without its tags."""
    return " ".join(html.unescape(TAG.sub(" ", response.content.decode())).split())


def state_of(status: Status, **fields: Any) -> ConsultationRequest:
    return make_request(status, person=make_person(**fields.pop("person", {})), **fields)


@pytest.mark.parametrize("status", list(Status))
def test_each_state_has_its_page(visitor: Visitor, status: Status) -> None:
    request = make_request(status)
    response = visitor.unlock(request).look()
    assert response.status_code == 200
    page = words(response)
    assert HEADINGS[status] in page
    assert request.shown_reference in page
    assert ("Write to us" in page, "Change contact details" in page) == ((status in OPEN),) * 2
    assert ("Choose one of these times" in page) == (status == Status.TIMES_OFFERED)
    assert ("Cancel my visit" in page) == (status == Status.SCHEDULED)


@pytest.mark.parametrize("status", list(Status))
@pytest.mark.parametrize("act", list(ACTS))
def test_every_act_in_every_state_asks_or_says_why_not(visitor: Visitor, status: Status, act: str) -> None:
    request = make_request(status)
    if act == "not-earlier" and status == Status.SCHEDULED:
        request = actions.ask_earlier(request, ahead=NoticePeriod.DAY, by=ME)
    visitor.unlock(request)
    before = ConsultationRequest.objects.values().get(pk=request.pk)
    asked = visitor.look(f"{act}/")
    possible = status in POSSIBLE[act]
    assert asked.status_code == 200
    assert (str(ACTS[act].title) in words(asked)) == (possible or act == "write" and status in OPEN)
    assert ("This is how things stand now" in words(asked)) == (not possible)
    version = asked.context["consultation"].version
    typed = {"text": "Some words", "version": version, "phone": "(480) 555-0199", "confirmed": "1"}
    typed |= {"ahead": "day"}
    done = visitor.do(act, **typed)
    after = ConsultationRequest.objects.values().get(pk=request.pk)
    assert done.status_code == (303 if possible else 409)
    assert (after == before) == (not possible)
    if not possible:
        assert HEADINGS[status] in words(done)
        assert "Some words" in words(done), "what was typed is given back"


@pytest.mark.parametrize(
    ("news", "heading"),
    [
        ("reply", "We read your message"),
        ("none-suit", "We look for other times"),
        ("lapsed", "The times that we held have run out"),
        ("cancelled", "Your visit is cancelled"),
    ],
)
def test_the_page_says_what_became_of_what_the_patient_did(visitor: Visitor, news: str, heading: str) -> None:
    if news == "reply":
        request = actions.reply(make_request(Status.WAITING_FOR_PATIENT), "Mondays", by=ME)
    elif news == "cancelled":
        request = actions.cancel_visit(make_request(Status.SCHEDULED), CancelReason.PATIENT, by=ME)
    else:
        request = make_request(Status.TIMES_OFFERED)
        if news == "none-suit":
            request = actions.decline_times(request, by=ME)
        else:
            request.visits.update(held_until=timezone.now())
            request = actions.lapse_offers(request, by=Actor.system())
    page = words(visitor.unlock(request).look())
    assert heading in page
    assert "We reply by" in page


def test_the_promise_is_a_day_and_a_number_of_business_days(visitor: Visitor) -> None:
    request = make_request()
    moment = timezone.localtime(request.reply_by, dt.timezone(dt.timedelta(hours=-7)))
    page = words(visitor.unlock(request).look())
    assert f"We reply by 5 p.m. on {moment:%A, %B} {moment.day} ." in page


def test_a_broken_promise_is_owned(visitor: Visitor) -> None:
    past = timezone.now() - dt.timedelta(hours=1)
    request = make_request(received_at=past - dt.timedelta(days=3), reply_by=past)
    page = words(visitor.unlock(request).look())
    assert "and we are late" in page
    assert "We reply by" not in page


def test_an_answered_request_promises_nothing_more(visitor: Visitor) -> None:
    request = actions.answer(make_request(Status.IN_REVIEW), "We look into it.", by=everybody())
    page = words(visitor.unlock(request).look())
    assert "We reply by" not in page
    assert "We look into it." in page


@pytest.mark.parametrize("status", list(Status))
def test_no_page_tells_who_it_is_or_what_was_answered(visitor: Visitor, status: Status) -> None:
    """Somebody who lives with the patient may know the birth date."""
    told = {
        "reason": "QqReason", "in_own_words": "QqOwnWords", "tried_other": "QqTried",
        "allergies": "QqAllergies", "referrer": "QqReferrer",
    }  # fmt: skip
    person = make_person(
        full_name="Qqname Surname", email="test.hidden@example.com", phone="+14805550177",
        access_needs="QqAccess", interpreter="yes", interpreter_language="Qqese",
        times=("wed-pm",), asker_name="Qqasker",
    )  # fmt: skip
    answers = make_answers(
        topic="tmj", jaw_opening="two", features=("clicking",), where=("jaw-left",), **told
    )
    request = make_request(status, person=person, answers=answers)
    visitor.unlock(request)
    places = ["", *(f"{act}/" for act in ACTS), "times/", "visit.ics"]
    if status == Status.TIMES_OFFERED:
        places += [f"times/{visit.pk}/" for visit in request.visits.on_offer()]
    hidden = [
        *told.values(), "Qqname", "Surname", "test.hidden", "480) 555-0177", "4805550177", "jaw", "TMJ",
        "fingers", "clicks", "interpreter needed", "migraine", "headache", "1980", "7 of 10",
        "qqaccess", "qqese", "qqasker", " checked",
    ]  # fmt: skip
    for place in places:
        page = RANDOM.sub("", visitor.look(place).content.decode())
        assert [text for text in hidden if text.lower() in page.lower()] == [], place


def test_contact_details_show_only_in_part(visitor: Visitor) -> None:
    person = make_person(email="test.patient07@example.com", phone="+15205550107;ext=12")
    page = words(visitor.unlock(make_request(person=person)).look())
    assert "Ends in 0107" in page
    assert "tes…07@example.com" in page


def test_letters_are_shown_newest_first_as_they_were_written(visitor: Visitor) -> None:
    request = actions.ask_patient(make_request(Status.IN_REVIEW), "Which <b>days</b>?", by=everybody())
    request = actions.reply(request, "Mondays.\n\nNot before 10.", by=ME)
    response = visitor.unlock(request).look()
    body = response.content.decode()
    assert body.index("<p>Mondays.</p>") < body.index("Which &lt;b&gt;days&lt;/b&gt;?")
    assert "Demo Colleague, from the clinic" in words(response)


def test_declined_and_closed_say_why_and_where_to_go(visitor: Visitor) -> None:
    request = actions.decline(make_request(Status.IN_REVIEW), DeclineReason.DISTANCE, by=everybody())
    assert "An office closer to you may suit you better." in words(visitor.unlock(request).look())
    request = actions.close(make_request(), CloseReason.UNREACHABLE, by=everybody())
    assert "We tried to reach you" in words(Visitor().unlock(request).look())


def test_after_the_end_the_page_stays_two_weeks_and_spam_is_shut_at_once(visitor: Visitor) -> None:
    request = make_request()
    visitor.unlock(request)
    actions.withdraw(request, by=ME)
    assert "You took back your request" in words(visitor.look())
    with every_clock_at(timezone.now() + KEPT_AFTER + dt.timedelta(minutes=1)):
        assert "This page is locked" in words(visitor.look())
    spam = make_request()
    other = Visitor().unlock(spam)
    actions.close(spam, CloseReason.SPAM, by=everybody())
    assert "This page is locked" in words(other.look())


@pytest.mark.django_db
def test_the_visit_is_a_file_for_a_calendar(visitor: Visitor) -> None:
    clinician = make_clinician(name="Demo Clinician Rivera")
    request = actions.book_time(make_request(), clinician, free_time(), by=everybody())
    response = visitor.unlock(request).look("visit.ics")
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="visit.ics"'
    assert response["Cache-Control"] == "no-store"
    (event,) = Calendar.from_ical(response.content).walk("VEVENT")
    assert event.decoded("dtstart") == request.visit.starts_at
    assert "Rivera" not in response.content.decode()


def test_without_a_visit_there_is_no_file(visitor: Visitor) -> None:
    response = visitor.unlock(make_request(Status.TIMES_OFFERED)).look("visit.ics")
    assert response["Content-Type"].startswith("text/html")
    assert "There is no visit to put into a calendar now." in words(response)


def test_a_visit_that_has_begun_can_no_longer_be_moved_or_cancelled(visitor: Visitor) -> None:
    request = make_request(Status.SCHEDULED)
    begin_visit(request)
    page = words(visitor.unlock(request).look())
    assert "Your visit was at this time" in page
    assert "Cancel my visit" not in page
    assert "has begun already" in words(visitor.do("cancel", text="", version=request.version))


def test_times_that_have_passed_are_not_offered(visitor: Visitor) -> None:
    request = actions.offer_times(make_request(Status.IN_REVIEW), offered_times(2), by=everybody())
    first, _second = request.visits.on_offer()
    start = timezone.now() - dt.timedelta(hours=2)
    type(first).objects.filter(pk=first.pk).update(starts_at=start, ends_at=start + dt.timedelta(hours=1))
    page = visitor.unlock(request).look().content.decode()
    assert str(first.pk) not in page
    assert "Does this time suit you?" in page


def test_a_time_that_cannot_be_kept_shows_as_no_longer_free(visitor: Visitor) -> None:
    request = actions.offer_times(make_request(Status.IN_REVIEW), offered_times(2), by=everybody())
    first, second = request.visits.on_offer()
    schedule = Schedule.objects.create(clinician=first.clinician)
    Absence.objects.create(schedule=schedule, starts_at=first.starts_at, ends_at=first.ends_at)
    page = visitor.unlock(request).look().content.decode()
    assert "This time is no longer free:" in page and "Does this time suit you?" in page
    assert f'value="{second.pk}"' in page and str(first.pk) not in page
    assert "no longer hold that time" in words(visitor.look(f"times/{first.pk}/"))


def test_where_every_time_is_gone_the_page_asks_for_others(visitor: Visitor) -> None:
    request = actions.offer_times(make_request(Status.IN_REVIEW), offered_times(2), by=everybody())
    first, _second = request.visits.on_offer()
    Schedule.objects.create(clinician=first.clinician, takes_visits=False)
    page = visitor.unlock(request).look().content.decode()
    assert "The times that we offered are no longer free" in page and "Now: we look for another time" in page
    assert "We hold" not in page and 'href="/my-request/none-suit/"' in page
    visitor.do("none-suit", text="Mondays.", version=request.version)
    request.refresh_from_db()
    assert (request.status, request.news) == (Status.IN_REVIEW, PatientActivity.NONE_SUIT)


@pytest.mark.parametrize("status", [Status.NEW, Status.TIMES_OFFERED, Status.SCHEDULED, Status.DECLINED])
def test_a_page_asks_the_database_a_few_questions(
    visitor: Visitor, status: Status, django_assert_max_num_queries: Any
) -> None:
    request = make_request(status)
    visitor.unlock(request).look()
    with django_assert_max_num_queries(5):
        visitor.look()


def test_the_spanish_addresses_go_the_same_way(visitor: Visitor) -> None:
    request = make_request(Status.SCHEDULED)
    visitor.unlock(request)
    response = visitor.get("/es/my-request/")
    assert response["Content-Language"] == "es"
    body = response.content.decode()
    assert 'href="/es/my-request/cancel/"' in body
    sent = visitor.post("/es/my-request/cancel/", {"text": "", "version": request.version})
    assert (sent.status_code, sent["Location"]) == (303, "/es/my-request/")
    assert "We look for another time" not in response.content.decode()


def test_ended_states_offer_nothing_to_do(visitor: Visitor) -> None:
    for status in FINAL:
        body = Visitor().unlock(make_request(status)).look().content.decode()
        assert [act for act in ACTS if f"/my-request/{act}/" in body] == []
