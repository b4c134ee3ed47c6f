"""Correcting details: by whom, and what the history tells of it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from booking import actions
from booking.actions.amend_details import IDENTITY
from booking.rules.priority import Priority
from booking.rules.reasons import PriorityReason
from booking.rules.transitions import Verb
from tests.booking.admin.conftest import page, seen
from tests.factories import everybody, make_person, make_request

pytestmark = pytest.mark.django_db


def form_values(**changes: Any) -> dict[str, Any]:
    return {
        "who_for": "self",
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


def test_reception_corrects_contact_but_not_who_it_is(reception: Client) -> None:
    made = make_request()
    shown = reception.get(page(made, Verb.AMEND_DETAILS)).context["form"]
    assert "phone" in shown.fields and not shown.fields.keys() & IDENTITY
    answer = reception.post(page(made, Verb.AMEND_DETAILS), seen(made, **form_values()))
    assert answer.status_code == 302
    before = made.person
    made.refresh_from_db()
    assert made.person.phone == "+14805550123"
    assert {getattr(made.person, name) == getattr(before, name) for name in IDENTITY} == {True}


def test_a_phone_that_is_none_is_refused_and_stays_in_the_field(nurse: Client) -> None:
    made = make_request()
    answer = nurse.post(page(made, Verb.AMEND_DETAILS), seen(made, **form_values(phone="12")))
    assert "Enter a phone number with area code" in answer.text
    assert 'value="12"' in answer.text


CHILD = {"birth_date_month": "1", "birth_date_day": "7", "birth_date_year": "2015"}
PARENT = {"who_for": "minor", "asker_name": "Test Parent", "relation": "parent", "may_speak": "on"}


def test_a_birth_date_under_18_needs_a_parent_or_guardian(nurse: Client) -> None:
    made = make_request()
    answer = nurse.post(page(made, Verb.AMEND_DETAILS), seen(made, **form_values(**CHILD)))
    assert "A patient under 18 needs a parent or guardian who asks" in answer.text
    made.refresh_from_db()
    assert made.person.birth_date == "1980-01-07"
    answer = nurse.post(page(made, Verb.AMEND_DETAILS), seen(made, **form_values(**CHILD, **PARENT)))
    assert answer.status_code == 302
    made.refresh_from_db()
    assert (made.person.birth_date, made.person.asker_name) == ("2015-01-07", "Test Parent")
    assert "minor" in made.flags


def test_reception_does_not_take_the_guardian_from_a_minor(reception: Client) -> None:
    person = make_person(
        birth_date="2015-01-07", who_for="minor", asker_name="Test Parent", relation="parent"
    )
    made = make_request(person=person)
    answer = reception.post(page(made, Verb.AMEND_DETAILS), seen(made, **form_values()))
    assert answer.status_code == 302
    made.refresh_from_db()
    kept = made.person
    assert (kept.who_for, kept.asker_name, kept.relation) == ("minor", "Test Parent", "parent")
    assert kept.phone == "+14805550123"


def test_a_minor_is_left_without_a_guardian_by_no_nurse(nurse: Client) -> None:
    person = make_person(
        birth_date="2015-01-07", who_for="minor", asker_name="Test Parent", relation="parent"
    )
    made = make_request(person=person)
    answer = nurse.post(page(made, Verb.AMEND_DETAILS), seen(made, **form_values(**CHILD)))
    assert "A patient under 18 needs a parent or guardian who asks" in answer.text
    made.refresh_from_db()
    assert made.person == person


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"who_for": ""}, "Select who the request is for"),
        ({"who_for": "adult"}, "Enter your own name"),
        ({**PARENT, **CHILD, "relation": "friend"}, "Select parent or legal guardian"),
        ({**PARENT, **CHILD, "may_speak": ""}, "Check the box to confirm"),
        ({**PARENT}, "This is the birth date of an adult"),
    ],
)
def test_who_asks_for_somebody_else_is_asked(changes: dict[str, Any], words: str, nurse: Client) -> None:
    made = make_request()
    answer = nurse.post(page(made, Verb.AMEND_DETAILS), seen(made, **form_values(**changes)))
    assert words in answer.text


def test_half_days_replace_the_days_of_an_older_request(nurse: Client) -> None:
    made = make_request(person=make_person(days=("tue",), day_parts=("am",), times=()))
    assert 'value="tue-am"' in nurse.get(page(made, Verb.AMEND_DETAILS)).text
    nurse.post(page(made, Verb.AMEND_DETAILS), seen(made, **form_values(times=["wed-pm"])))
    made.refresh_from_db()
    assert made.person.wished_times == ("wed-pm",)


def test_what_a_colleague_corrected_meanwhile_is_shown_and_kept(nurse: Client, reception: Client) -> None:
    made = make_request()
    opened = nurse.get(page(made, Verb.AMEND_DETAILS)).context["form"]
    mine = {name: opened[name].value() for name in ("seen_version", "opened")}
    kept = form_values(full_name=made.person.full_name, language="en", email=made.person.email)
    theirs = kept | {"phone": "480 555 0199"}
    reception.post(page(made, Verb.AMEND_DETAILS), seen(made, **theirs))
    typed = kept | {"phone": opened["phone"].value(), "access_needs": "A ramp"}
    typed |= mine
    refused = nurse.post(page(made, Verb.AMEND_DETAILS), typed)
    assert refused.status_code == 409
    fresh = refused.context["form"]
    assert (fresh["phone"].value(), fresh["access_needs"].value()) == ("+14805550199", "A ramp")
    again = typed | {"phone": fresh["phone"].value(), "seen_version": fresh["seen_version"].value()}
    assert nurse.post(page(made, Verb.AMEND_DETAILS), again).status_code == 302
    made.refresh_from_db()
    assert (made.person.phone, made.person.access_needs) == ("+14805550199", "A ramp")


@pytest.mark.parametrize(
    "opened", ["9" * 5_000, "[" * 5_000, '{"full_name":"\\ud800"}', "full_name:zz", "\0"]
)
def test_marks_that_this_page_never_wrote_are_none(opened: str, nurse: Client) -> None:
    made = make_request()
    kept = form_values(full_name=made.person.full_name, language="en", email=made.person.email)
    stale = seen(made, **kept, opened=opened) | {"access_needs": "A ramp"}
    actions.set_priority(made, Priority.SOON, PriorityReason.SPOKE, by=everybody())
    refused = nurse.post(page(made, Verb.AMEND_DETAILS), stale)
    assert refused.status_code == (200 if opened == "\0" else 409)
    assert "A ramp" in refused.text
    made.refresh_from_db()
    assert made.person.access_needs != "A ramp"
