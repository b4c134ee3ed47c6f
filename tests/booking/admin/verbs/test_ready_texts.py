"""Ready texts: kept by nurses and managers, filled into a letter without sending anything."""

from __future__ import annotations

import re

import pytest
from django.contrib.admin.models import LogEntry
from django.db import IntegrityError, transaction

from booking import actions
from booking.management.demo_texts import TEXTS, make_texts
from booking.models import AccessLog, ReadyText
from booking.models.access import Look
from booking.rules.roles import Role
from booking.rules.statuses import Status
from booking.rules.transitions import Verb
from tests.booking.admin.conftest import page, seen
from tests.factories import everybody, make_person, make_request

LIST = "/admin/booking/readytext/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def text() -> ReadyText:
    return ReadyText.objects.create(
        title="When to call", verb=Verb.ASK_PATIENT, english="When can we call?", spanish="¿Cuándo llamamos?"
    )


@pytest.fixture
def request_():
    return make_request(Status.IN_REVIEW)


def test_choosing_fills_in_and_sends_nothing(nurse, request_, text):
    answer = nurse.post(page(request_, "ask_patient"), seen(request_, ready=text.pk, use="yes"))
    assert answer.status_code == 200
    assert "When can we call?</textarea>" in answer.text
    request_.refresh_from_db()
    assert request_.status == Status.IN_REVIEW and not request_.letters.exists()


def test_what_was_typed_stays_above_the_text(nurse, request_, text):
    values = seen(request_, ready=text.pk, use="yes", text="Good morning.")
    shown = nurse.post(page(request_, "ask_patient"), values).text
    assert "Good morning.\n\nWhen can we call?</textarea>" in shown


def test_what_was_filled_in_is_sent_by_the_other_button(nurse, request_, text):
    nurse.post(page(request_, "ask_patient"), seen(request_, ready=text.pk, text="When can we call?"))
    request_.refresh_from_db()
    assert (
        request_.status == Status.WAITING_FOR_PATIENT and request_.letters.get().text == "When can we call?"
    )


def test_the_text_comes_in_the_patients_language(nurse, text):
    made = make_request(Status.IN_REVIEW, person=make_person(language="es"))
    ReadyText.objects.create(title="English alone", english="Only English.")
    shown = nurse.get(page(made, "ask_patient")).text
    assert "When to call" in shown and "English alone" not in shown
    shown = nurse.post(page(made, "ask_patient"), seen(made, ready=text.pk, use="yes")).text
    assert "¿Cuándo llamamos?</textarea>" in shown


def test_only_texts_for_this_step_that_are_in_use_are_offered(nurse, request_, text):
    ReadyText.objects.create(title="For both", english="Hello.")
    ReadyText.objects.create(title="Old one", english="Hello.", active=False)
    asking, writing = (nurse.get(page(request_, name)).text for name in ("ask_patient", "answer"))
    assert "When to call" in asking and "When to call" not in writing
    for shown in (asking, writing):
        assert "For both" in shown and "Old one" not in shown


@pytest.mark.parametrize("chosen", ["", "0", "999999999999", "x", "-1"])
def test_nothing_chosen_or_a_tampered_choice_fills_in_nothing(chosen, nurse, request_, text):
    values = seen(request_, ready=chosen, use="yes", text="My words")
    answer = nurse.post(page(request_, "ask_patient"), values)
    assert answer.status_code == 409 and "Select a ready text first. Nothing was sent." in answer.text
    assert "My words</textarea>" in answer.text


def test_a_stale_page_stays_stale(nurse, request_, text):
    values = seen(request_, ready=text.pk, use="yes")
    actions.assign(request_, None, by=everybody())
    shown = nurse.post(page(request_, "ask_patient"), values).text
    assert f'name="seen_version" value="{request_.version}"' in shown


def test_who_may_not_write_is_refused_on_record(reception, request_, text):
    answer = reception.post(page(request_, "ask_patient"), seen(request_, ready=text.pk, use="yes"))
    assert answer.status_code == 403
    assert AccessLog.objects.filter(look=Look.DENIED).exists()


def test_without_texts_there_is_no_list(nurse, request_):
    assert "Use this text" not in nurse.get(page(request_, "ask_patient")).text


@pytest.mark.parametrize("role", [Role.NURSE, Role.MANAGER])
def test_a_change_is_on_record(role, as_role, text):
    client, address = as_role(role), f"{LIST}{text.pk}/change/"
    kept = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', client.get(address).text))
    values = {"title": "When to call", "verb": "", "english": "Call when?", "spanish": "", "active": "on"}
    assert client.post(address, kept | values).status_code == 302
    text.refresh_from_db()
    assert (text.english, text.verb) == ("Call when?", "")
    entry = LogEntry.objects.get()
    assert entry.object_id == str(text.pk) and "Call when?" not in entry.change_message
    assert "English" in client.get(f"{LIST}{text.pk}/history/").text


def test_a_text_says_something(nurse):
    answer = nurse.post(
        f"{LIST}add/", {"title": "Empty", "verb": "", "english": "", "spanish": "", "active": "on"}
    )
    assert "Write the text in English, in Spanish, or both." in answer.text
    with pytest.raises(IntegrityError), transaction.atomic():
        ReadyText.objects.create(title="Empty")


def test_the_sidebar_leads_there(nurse, reception):
    assert "Ready texts" in nurse.get("/admin/help/").text
    assert "Ready texts" not in reception.get("/admin/help/").text


def test_the_demonstration_brings_texts_in_both_languages_once():
    make_texts()
    make_texts()
    assert ReadyText.objects.count() == len(TEXTS)
    assert all(
        one.english and one.spanish and one.title.startswith("Demo:") for one in ReadyText.objects.all()
    )
