"""Correcting details: by whom, and what the history tells of it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from booking.rules.transitions import Verb
from tests.booking.admin.conftest import page, seen
from tests.factories import make_request

pytestmark = pytest.mark.django_db


def form_values(**changes: Any) -> dict[str, Any]:
    return {
        "full_name": "Test Patient Corrected",
        "birth_date_month": "2",
        "birth_date_day": "3",
        "birth_date_year": "1990",
        "been_here": "new",
        "phone": "480 555 0123",
        "email": "",
        "channel": "phone",
        "leave_message": "no",
        "language": "es",
        "interpreter": "no",
        "access_needs": "",
        "payment": "insured",
    } | changes


def test_a_nurse_corrects_everything_and_the_history_names_fields_alone(nurse: Client) -> None:
    made = make_request()
    answer = nurse.post(page(made, Verb.AMEND_DETAILS), seen(made, **form_values()))
    assert answer.status_code == 302
    made.refresh_from_db()
    assert made.person.full_name == "Test Patient Corrected"
    assert made.person.birth_date == "1990-02-03"
    assert made.person.phone == "+14805550123"
    assert made.language == "es"
    event = made.events.first()
    assert event is not None
    assert {"full_name", "birth_date", "phone", "email"} <= set(event.codes["fields"])
    assert "Corrected" not in str(event.codes)


def test_reception_corrects_contact_but_not_the_birth_date(reception: Client) -> None:
    made = make_request()
    assert "Birth date" not in reception.get(page(made, Verb.AMEND_DETAILS)).text
    answer = reception.post(page(made, Verb.AMEND_DETAILS), seen(made, **form_values()))
    assert answer.status_code == 302
    made.refresh_from_db()
    assert made.person.birth_date == "1980-01-07"
    assert made.person.phone == "+14805550123"


def test_a_phone_that_is_none_is_refused_and_stays_in_the_field(nurse: Client) -> None:
    made = make_request()
    answer = nurse.post(page(made, Verb.AMEND_DETAILS), seen(made, **form_values(phone="12")))
    assert "Enter a phone number with area code" in answer.text
    assert 'value="12"' in answer.text
