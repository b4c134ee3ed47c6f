"""Beside each verb stands the request, so that nobody decides from memory."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format

from booking.admin.verbs.ends import CLOSED_HINTS
from booking.delivery.words import ONWARD
from booking.rules.reasons import CloseReason, DeclineReason
from booking.rules.statuses import Status
from booking.rules.transitions import Verb
from tests.booking.admin.conftest import page
from tests.factories import make_answers, make_person, make_request

pytestmark = pytest.mark.django_db
TOLD = {"reason": "canary-hopes", "in_own_words": "canary-words"}


def test_a_nurse_decides_with_the_answers_in_sight(nurse: Client) -> None:
    made = make_request(Status.IN_REVIEW, answers=make_answers(safety=("HD-7",), **TOLD))
    for verb in (Verb.ASK_PATIENT, Verb.DECLINE, Verb.SET_PRIORITY):
        text = nurse.get(page(made, verb)).text
        for words in ("canary-hopes", "canary-words", "HD-7", "Reply by"):
            assert words in text, verb


def test_reception_reads_no_answer_beside_a_verb(reception: Client) -> None:
    made = make_request(Status.IN_REVIEW, answers=make_answers(safety=("HD-7",), **TOLD))
    for verb in (Verb.BOOK_TIME, Verb.ASSIGN, Verb.LOG_CONTACT):
        text = reception.get(page(made, verb)).text
        assert "This request" in text
        for words in ("canary-hopes", "canary-words", "HD-7"):
            assert words not in text, verb


def test_the_visit_that_is_moved_or_cancelled_is_named(reception: Client) -> None:
    made = make_request(Status.SCHEDULED)
    assert made.visit is not None
    agreed = date_format(timezone.localtime(made.visit.starts_at), "l, F j, P")
    for verb in (Verb.MOVE_VISIT, Verb.CANCEL_VISIT):
        assert agreed in reception.get(page(made, verb)).text


def test_each_reason_says_what_the_patient_reads(nurse: Client) -> None:
    made = make_request(Status.IN_REVIEW)
    text = nurse.get(page(made, Verb.DECLINE)).text
    assert set(ONWARD) == set(DeclineReason.values)
    assert text.count("The patient reads:") == len(ONWARD)
    assert set(CLOSED_HINTS) == set(CloseReason.values)
    assert "Nothing is sent." in nurse.get(page(made, Verb.CLOSE)).text


def test_nobody_promises_an_email_to_who_wants_none(reception: Client) -> None:
    person = make_person(email="test.patient.01@example.com", no_email="yes")
    made = make_request(Status.IN_REVIEW, person=person)
    text = reception.get(page(made, Verb.BOOK_TIME)).text
    assert "The patient gets an email." not in text
    assert "wants no email" in text
