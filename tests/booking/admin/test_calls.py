"""A request typed in while the caller is on the phone."""

from __future__ import annotations

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
from tests.booking.admin.test_amend import form_values

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


def test_a_caller_with_an_open_request_is_pointed_out(reception: Client) -> None:
    first, again = (reception.post(MIGRAINE, call_values(), follow=True).text for _ in range(2))
    assert "another open request" not in first
    assert "another open request" in again
