"""What the patient did, and what staff must tell by phone, in the queue and on the request page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from booking import actions
from booking.actions import Actor
from booking.admin.reading.calls_owed import WORDS
from booking.models import ConsultationRequest, Message
from booking.models.message import Delivery
from booking.rules.notices import TO_STAFF, Notice
from booking.rules.reasons import DeclineReason
from booking.rules.roles import Role
from booking.rules.statuses import Status
from booking.rules.transitions import Verb
from tests.booking.admin.conftest import QUEUE, page, seen
from tests.factories import everybody, free_time, make_clinician, make_link, make_person, make_request

pytestmark = pytest.mark.django_db
PATIENT = Actor.patient()


def without_email(status: Status) -> ConsultationRequest:
    return make_request(status, person=make_person(email=""))


def test_an_offer_without_e_mail_is_a_call_until_somebody_reached_the_patient(reception: Client) -> None:
    made = without_email(Status.TIMES_OFFERED)
    queue = reception.get(QUEUE).text
    assert "Calls to make" in queue and "Call to make" in queue
    held = made.visits.on_offer()[0]
    call = reception.get(page(made, Verb.LOG_CONTACT)).text
    assert "Offer them the times that are held for them" in call
    assert f"{held.starts_at:%A, %B}" in call
    reception.post(page(made, Verb.LOG_CONTACT), seen(made, outcome="voicemail"))
    assert made.reference[:5] in reception.get(QUEUE, {"show": "calls"}).text
    made.refresh_from_db()
    reception.post(page(made, Verb.LOG_CONTACT), seen(made, outcome="reached"))
    assert made.reference[:5] not in reception.get(QUEUE, {"show": "calls"}).text


def test_a_declined_patient_without_e_mail_is_still_called(nurse: Client) -> None:
    made = without_email(Status.IN_REVIEW)
    actions.decline(made, DeclineReason.PRIMARY_CARE, by=everybody())
    assert made.reference[:5] in nurse.get(QUEUE, {"show": "calls"}).text
    text = nurse.get(page(made)).text
    assert "primary care doctor should come first" in text
    assert "Call patient" in text
    made.refresh_from_db()
    nurse.post(page(made, Verb.LOG_CONTACT), seen(made, outcome="reached"))
    text = nurse.get(page(made)).text
    assert "Told by phone" in text
    assert "Call patient" not in text


def test_a_failed_message_says_what_to_tell(nurse: Client) -> None:
    made = make_request(Status.SCHEDULED)
    made.messages.filter(notice=Notice.VISIT_AGREED).update(state=Delivery.FAILED, error="smtp-550")
    text = nurse.get(page(made)).text
    assert "Their visit is booked." in text and "The email failed." in text


@pytest.mark.parametrize("notice", [one for one in Notice if one not in TO_STAFF])
def test_every_message_has_words_for_the_phone(nurse: Client, notice: Notice) -> None:
    assert str(WORDS[notice])
    made = make_request(Status.SCHEDULED)
    Message.objects.filter(request=made).delete()
    event = made.events.first()
    Message.objects.create(request=made, event=event, notice=notice, language="en", state=Delivery.FAILED)
    assert str(WORDS[notice])[:25] in nurse.get(page(made)).text


def test_a_reply_stands_in_the_queue_and_is_read_by_those_who_may(nurse: Client, reception: Client) -> None:
    made = make_request(Status.WAITING_FOR_PATIENT)
    actions.reply(made, "Since <b>Monday</b>, canary", by=PATIENT)
    assert made.reference[:5] in nurse.get(QUEUE, {"show": "news"}).text
    assert "News from patients" in nurse.get(QUEUE).text
    text = nurse.get(page(made)).text
    assert "Since &lt;b&gt;Monday&lt;/b&gt;, canary" in text and "The patient wrote to us." in text
    assert "canary" not in reception.get(page(made)).text
    made.refresh_from_db()
    nurse.post(page(made, Verb.ANSWER), seen(made, text="Thank you."))
    assert made.reference[:5] not in nurse.get(QUEUE, {"show": "news"}).text


def test_news_that_needs_no_answer_leaves_with_one_click(reception: Client) -> None:
    made = actions.reply(make_request(Status.SCHEDULED), "Thanks!", by=PATIENT)
    assert "Mark as read" in reception.get(page(made)).text
    assert reception.post(page(made, Verb.MARK_READ), seen(made)).status_code == 302
    made.refresh_from_db()
    assert made.news == ""
    text = reception.get(page(made)).text
    assert "Mark as read" not in text and "Mark as unread" in text


def test_a_mark_too_soon_is_taken_back_with_one_click(reception: Client) -> None:
    made = actions.reply(make_request(Status.SCHEDULED), "Thanks! One thing...", by=PATIENT)
    reception.post(page(made, Verb.MARK_READ), seen(made))
    assert made.reference[:5] not in reception.get(QUEUE, {"show": "news"}).text
    made.refresh_from_db()
    assert reception.post(page(made, Verb.MARK_UNREAD), seen(made)).status_code == 302
    assert made.reference[:5] in reception.get(QUEUE, {"show": "news"}).text
    made.refresh_from_db()
    text = reception.get(page(made)).text
    assert "Marked as unread" in text and "The patient wrote to us." in text
    assert reception.post(page(made, Verb.MARK_UNREAD), seen(made)).status_code == 409


def test_an_unanswered_wish_ages_against_its_new_promise(as_role: Callable[..., Client]) -> None:
    agreed = make_request(Status.IN_REVIEW)
    agreed = actions.book_time(agreed, make_clinician(), free_time(dt.timedelta(days=9)), by=everybody())
    made = actions.ask_to_move(agreed, by=PATIENT)
    Message.objects.update(told_at=timezone.now())
    with time_machine.travel(made.reply_by + dt.timedelta(hours=1), tick=False):
        text = as_role(Role.RECEPTION).get(QUEUE, {"show": "overdue"}).text
    assert made.reference[:5] in text and "1 h late" in text and "Move visit" in text


def test_an_offer_that_runs_out_is_in_the_queue(reception: Client, as_role: Callable[..., Client]) -> None:
    made = make_request(Status.TIMES_OFFERED)
    assert made.reference[:5] not in reception.get(QUEUE, {"show": "lapsing"}).text
    until = made.visits.on_offer()[0].held_until
    with time_machine.travel(until - dt.timedelta(hours=2), tick=False):
        assert made.reference[:5] in as_role(Role.NURSE).get(QUEUE, {"show": "lapsing"}).text


def test_links_are_counted_renewed_and_shut(reception: Client, nurse: Client) -> None:
    made = make_request()
    assert "No link is open." in reception.get(page(made)).text
    _link, token = make_link(made)
    actions.unlock(token, dt.date(1980, 1, 7))
    text = reception.get(page(made)).text
    assert "1 link is open" in text and "Last opened" in text
    assert token not in text
    reception.post(page(made, Verb.RENEW_LINK), seen(made))
    assert made.messages.filter(notice=Notice.NEW_LINK).count() == 1
    made.refresh_from_db()
    reception.post(page(made, Verb.REVOKE_LINKS), seen(made))
    assert actions.find_link(token) is None
    assert "No link is open." in reception.get(page(made)).text


def test_whoever_wants_no_page_is_offered_no_link(nurse: Client) -> None:
    made = make_request(person=make_person(no_online_page="yes"))
    text = nurse.get(page(made)).text
    assert "wants no page" in text
    assert "Send a new link" not in text


def test_a_visit_agreed_on_the_phone_is_no_call_to_make(reception: Client) -> None:
    made, clinician = without_email(Status.IN_REVIEW), make_clinician()
    start = free_time(dt.timedelta(days=3)).isoformat()
    values = seen(made, time=f"{clinician.pk}/{start}", told="on")
    assert reception.post(page(made, Verb.BOOK_TIME), values).status_code == 302
    assert not made.messages.to_tell().exists()


def test_the_history_tells_what_the_patient_did(nurse: Client) -> None:
    made = make_request(Status.TIMES_OFFERED)
    actions.decline_times(made, by=PATIENT, times=["fri-am"])
    text = nurse.get(page(made, "history")).text
    assert "None of the times suits" in text and "Times offered" in text
