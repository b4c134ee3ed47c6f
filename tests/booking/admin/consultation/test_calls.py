"""A request typed in while the caller is on the phone."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from booking.models import AccessLog, ConsultationRequest
from booking.models.access import Look
from booking.rules.priority import Priority
from booking.rules.roles import Role
from booking.rules.safety import questions_for
from tests.booking.admin.conftest import QUEUE
from tests.booking.admin.verbs.test_amend import form_values

pytestmark = pytest.mark.django_db
CALL = f"{QUEUE}take-call/"
MIGRAINE = f"{CALL}?topic=migraine"


def call_values(**changes: Any) -> dict[str, Any]:
    return {"key": str(uuid.uuid4()), "checked": ["none"], **form_values(), **changes}


def test_makes_a_request_from_a_call(reception: Client) -> None:
    answer = reception.post(MIGRAINE, call_values(checked=["HD-7"], in_own_words="Worse at night"))
    made = ConsultationRequest.objects.get()
    assert answer.url == f"{QUEUE}{made.pk}/change/"
    assert (made.source, made.topic, made.priority) == ("phone", "migraine", Priority.SOON)
    assert made.answers.in_own_words == "Worse at night"
    assert made.person.full_name == "Test Patient Corrected"


def test_a_double_click_makes_one(nurse: Client) -> None:
    values = call_values()
    first, second = nurse.post(MIGRAINE, values), nurse.post(MIGRAINE, values)
    assert first.url == second.url
    assert ConsultationRequest.objects.count() == 1


def test_asks_the_signed_questions_of_the_topic(nurse: Client) -> None:
    text = nurse.get(f"{CALL}?topic=tmj").text
    assert all(f'value="{question.code}"' in text for question in questions_for("tmj"))
    assert 'value="HD-1"' not in text


def test_asks_for_the_topic_first(nurse: Client) -> None:
    for address in (CALL, f"{CALL}?topic=nonsense"):
        assert "What is the call about?" in nurse.get(address).text


@pytest.mark.parametrize(("said", "flag"), [("today", "check-today"), ("checked", "doctor-checked")])
def test_what_the_caller_says_of_a_same_day_sign_is_kept(nurse: Client, said: str, flag: str) -> None:
    shown = nurse.get(MIGRAINE).text
    assert "They will have it checked today" in shown and "A doctor has checked it" in shown
    nurse.post(MIGRAINE, call_values(checked=["HD-3"], same_day_care=said))
    made = ConsultationRequest.objects.get()
    assert (made.answers.same_day_care, made.flags[:2]) == (said, ["safety", flag])


def test_without_a_same_day_sign_nothing_is_kept_of_one(nurse: Client) -> None:
    nurse.post(MIGRAINE, call_values(checked=["HD-7"], same_day_care="checked"))
    made = ConsultationRequest.objects.get()
    assert (made.answers.same_day_care, made.flags[0]) == ("", "safety")
    assert "doctor-checked" not in made.flags


def test_a_911_sign_is_kept_as_same_day_and_staff_are_told_to_act(nurse: Client) -> None:
    answer = nurse.post(MIGRAINE, call_values(checked=["HD-1"]), follow=True)
    assert "Make sure that they call 911 now" in answer.text
    assert ConsultationRequest.objects.get().priority == Priority.SAME_DAY


@pytest.mark.parametrize(
    ("changes", "words"),
    [({"birth_date_year": "2015"}, "A patient under 18 needs a parent or guardian who asks"),
     ({"full_name": ""}, "Enter your full name"),
     ({"phone": "", "email": ""}, "Enter a phone number, or an email address"),
     ({"checked": []}, "Select the signs the caller has"), ({"key": "x"}, "There is a problem")],
)  # fmt: skip
def test_what_is_missing_or_wrong_is_told_and_nothing_is_saved(
    changes: dict[str, Any], words: str, nurse: Client
) -> None:
    answer = nurse.post(MIGRAINE, call_values(in_own_words="kept words", **changes))
    assert words in answer.text and "kept words" in answer.text
    assert not ConsultationRequest.objects.exists()


def test_a_parent_may_call_about_a_minor(nurse: Client) -> None:
    parent = {"who_for": "minor", "asker_name": "Test Parent", "relation": "parent", "may_speak": "on"}
    nurse.post(MIGRAINE, call_values(birth_date_year="2015", **parent))
    made = ConsultationRequest.objects.get()
    assert (made.person.asker_name, made.person.may_speak) == ("Test Parent", "yes")
    assert "minor" in made.flags


@pytest.mark.parametrize("role", [Role.CLINICIAN, Role.MANAGER, Role.EDITOR])
def test_only_reception_and_nurses_take_calls(role: Role, as_role: Callable[..., Client]) -> None:
    browser = as_role(role)
    assert browser.get(CALL).status_code == 403
    assert browser.post(MIGRAINE, call_values()).status_code == 403
    assert not ConsultationRequest.objects.exists()
    assert AccessLog.objects.filter(look=Look.DENIED).count() == 2
    assert "New from a call" not in browser.get(QUEUE).text


def test_what_is_rarely_needed_opens_by_need(nurse: Client) -> None:
    def opened(text: str) -> list[str]:
        parts = re.findall(r'<details class="callpart"( open)?>.*?id="part-(\w+)"', text, re.DOTALL)
        return [name for is_open, name in parts if is_open and name in ("who_for", "email", "times")]

    assert opened(nurse.get(MIGRAINE).text) == []
    wrong = nurse.post(MIGRAINE, call_values(email="nobody")).text
    assert opened(wrong) == ["email"] and 'href="#id_email"' in wrong
    assert opened(nurse.post(MIGRAINE, call_values(times=["tue-am"], full_name="")).text) == ["times"]
    assert opened(nurse.post(MIGRAINE, call_values(who_for="adult")).text) == ["who_for"]


def test_every_question_stands_in_a_part_and_problems_in_their_order(nurse: Client) -> None:
    form = nurse.post(MIGRAINE, {"key": str(uuid.uuid4())}).context["form"]
    asked = [field.name for part in form.sections for field in part.fields]
    assert sorted([*asked, "key"]) == sorted(form.fields)
    assert [part.wrong for part in form.sections] == [3, 1, 0, 4, 1, 1, 0]
    assert [problem.anchor for problem in form.problems][:2] == ["id_full_name", "id_birth_date_0"]


def test_taking_a_suggested_address_saves_nothing(nurse: Client) -> None:
    answer = nurse.post(MIGRAINE, call_values(email="test@gmial.com", take_email="1"))
    assert 'value="test@gmail.com"' in answer.text and "Test Patient Corrected" in answer.text
    assert not ConsultationRequest.objects.exists()


def test_a_caller_with_an_open_request_is_pointed_out(nurse: Client, reception: Client) -> None:
    first = reception.post(MIGRAINE, call_values(), follow=True).text
    assert "another open request" not in first
    known = ConsultationRequest.objects.get()
    for browser, words in ((reception, "(New), open it"), (nurse, "(New), compare and merge")):
        assert f"{known.shown_reference} {words}" in browser.post(MIGRAINE, call_values(), follow=True).text


def test_a_caller_with_a_new_number_is_pointed_out_by_name_and_birth_date(nurse: Client) -> None:
    nurse.post(MIGRAINE, call_values())
    known = ConsultationRequest.objects.get()
    text = nurse.post(MIGRAINE, call_values(phone="480 555 0199"), follow=True).text
    assert f"{known.shown_reference} (New), open it" in text
    assert "Same name and birth date, another email and phone." in text


def test_a_family_that_shares_a_number_is_not_pointed_out(nurse: Client) -> None:
    nurse.post(MIGRAINE, call_values())
    text = nurse.post(MIGRAINE, call_values(birth_date_year="1992"), follow=True).text
    assert "another open request" not in text
    assert "Same email or phone, another birth date." in text
