"""A number of a newer area code goes all the way: sent without e-mail, found, typed by staff, changed."""

from __future__ import annotations

import uuid

import pytest
from django.test import Client

from booking.models import ConsultationRequest
from booking.rules.transitions import Verb
from tests.booking.admin.conftest import QUEUE, page
from tests.booking.admin.consultation.test_calls import MIGRAINE, call_values
from tests.booking.admin.verbs.test_amend import form_values, seen
from tests.booking.intake.conftest import Patient
from tests.factories import make_request, make_staff

pytestmark = pytest.mark.django_db
TYPED, NUMBER = "(621) 555-0142", "+16215550142"


@pytest.fixture
def nurse() -> Client:
    client = Client()
    client.force_login(make_staff("nurse"))
    return client


def test_a_patient_without_email_sends_and_is_found(nurse: Client) -> None:
    patient = Patient()
    patient.answer_to("history")
    assert patient.answer("you", phone=TYPED, email="").status_code == 303
    assert TYPED in patient.look("check").text
    patient.send()
    made = ConsultationRequest.objects.get()
    assert made.person.phone == NUMBER
    found = nurse.get(nurse.post(f"{QUEUE}search/", {"q": "621.555.0142"}).url).text
    assert made.shown_reference in found
    asked = {"key": str(uuid.uuid4()), "look_up": "1", "phone": "621 555 0142"}
    assert made.shown_reference in nurse.post(MIGRAINE, asked).text
    opened = nurse.get(page(made)).text
    assert TYPED in opened and f"tel:{NUMBER}" in opened


def test_staff_type_it_in_a_call_and_correct_it(nurse: Client) -> None:
    nurse.post(MIGRAINE, call_values(phone=TYPED))
    assert ConsultationRequest.objects.get().person.phone == NUMBER
    made = make_request()
    assert (
        nurse.post(page(made, Verb.AMEND_DETAILS), seen(made, **form_values(phone=TYPED))).status_code == 302
    )
    made.refresh_from_db()
    assert made.person.phone == NUMBER
