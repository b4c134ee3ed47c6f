"""Whether a caller is known: looked up from the head of the call form, with nothing typed lost."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from booking.models import AccessLog, ConsultationRequest
from booking.models.access import Look
from booking.models.sealed import keyed_hash
from booking.rules.documents import Person
from booking.rules.roles import Role
from booking.rules.statuses import Status
from tests.booking.admin.conftest import page
from tests.booking.admin.consultation.test_calls import MIGRAINE
from tests.factories import make_answers, make_person, make_request

pytestmark = pytest.mark.django_db
BORN = {"birth_date_month": "1", "birth_date_day": "7", "birth_date_year": "1980"}


@pytest.fixture
def person() -> Person:
    return make_person(full_name="Testpatient Canary", birth_date="1980-01-07", phone="+14805550142;ext=7")


def look_up(browser: Client, **typed: Any) -> str:
    answer = browser.post(MIGRAINE, {"key": str(uuid.uuid4()), "look_up": "1", **typed})
    assert answer.status_code == 200
    return answer.text


@pytest.mark.parametrize(
    "typed",
    [{"phone": "480 555-0142"}, BORN, {"full_name": "canary"}, {**BORN, "full_name": "Cánary, Someone"},
     {"phone": "(480) 555-0142", "full_name": "Somebody Else"}],
)  # fmt: skip
def test_a_caller_is_found_by_what_they_say_first(
    typed: dict[str, str], person: Person, reception: Client
) -> None:
    made = make_request(Status.IN_REVIEW, person=person)
    text = look_up(reception, **typed)
    assert f"Go on in {made.shown_reference}" in text and page(made) in text
    assert "1 request that fits" in text and "In review" in text and "Migraine" in text


@pytest.mark.parametrize(
    "typed",
    [{"phone": "480 555 0143"}, {**BORN, "birth_date_year": "1981"}, {**BORN, "full_name": "Somebody Else"},
     {"phone": "480 555 0143", "full_name": "Testpatient Canary"}],
)  # fmt: skip
def test_nobody_else_is_told_of(typed: dict[str, str], person: Person, nurse: Client) -> None:
    make_request(person=person)
    text = look_up(nurse, **typed)
    assert "No request fits: go on." in text and "Testpatient C." not in text


def test_the_best_fit_comes_first_with_what_differs(person: Person, nurse: Client) -> None:
    mine = make_request(person=person)
    sister = make_request(person=person.changed(full_name="Testpatient Sister", birth_date="1990-01-07"))
    text = look_up(nurse, phone="480 555 0142", full_name="Testpatient Canary", **BORN)
    assert text.index(mine.shown_reference) < text.index(sister.shown_reference)
    assert "Same: phone, birth date, name<" in text
    assert "Same: phone. Another: birth date, name<" in text


def test_the_next_visit_is_told_and_a_finished_request_is_for_reading(
    person: Person, reception: Client
) -> None:
    agreed, ended = make_request(Status.SCHEDULED, person=person), make_request(Status.CLOSED, person=person)
    text = look_up(reception, phone="480 555 0142")
    assert f"Go on in {agreed.shown_reference}" in text and f"Read {ended.shown_reference}" in text
    assert agreed.visit is not None and str(agreed.visit.clinician) in text
    assert text.count("caller__visit") == 1


def test_everything_typed_stays_unjudged_and_nothing_is_saved(nurse: Client) -> None:
    key = str(uuid.uuid4())
    typed = {"key": key, "checked": ["HD-7"], "in_own_words": "kept words", "who_for": "adult", **BORN}
    text = look_up(nurse, email="kept@example.com", **typed)
    for kept in (f'value="{key}"', "kept words", 'value="kept@example.com"', 'value="1980"'):
        assert kept in text
    assert len(re.findall(r"<input[^>]* checked", text)) == 2  # the sign, and who it is for
    assert "There is a problem" not in text and "Enter your full name" not in text
    assert not ConsultationRequest.objects.exists()


def test_what_cannot_be_read_is_told_and_the_rest_looked_for(person: Person, nurse: Client) -> None:
    make_request(person=person)
    text = look_up(nurse, phone="480 555 0142", **{**BORN, "birth_date_year": ""})
    assert "Birth date must include a year. It was not looked for." in text and "1 request that fits" in text
    assert "Type a phone number, a birth date or a name." in look_up(nurse, full_name="  ")


def test_the_look_is_on_record_and_what_was_typed_is_not(person: Person, reception: Client) -> None:
    make_request(person=person)
    look_up(reception, phone="480 555 0142")
    look = AccessLog.objects.get()
    assert (look.look, look.codes) == (Look.SEARCH, {})


def test_reception_reads_no_answer(person: Person, nurse: Client, reception: Client) -> None:
    answers = make_answers(safety=("HD-7",), in_own_words="the canary hour")
    make_request(person=person, answers=answers)
    for browser in (nurse, reception):
        text = look_up(browser, phone="480 555 0142").split("callers__found")[1].split("</ul>")[0]
        assert "Soon" in text and "HD-7" not in text and "canary hour" not in text


@pytest.mark.parametrize("role", [Role.CLINICIAN, Role.MANAGER, Role.EDITOR])
def test_who_takes_no_calls_looks_nobody_up(
    role: Role, person: Person, as_role: Callable[..., Client]
) -> None:
    make_request(person=person)
    answer = as_role(role).post(MIGRAINE, {"look_up": "1", "phone": "480 555 0142"})
    assert answer.status_code == 403 and "Testpatient" not in answer.text


def test_many_matches_cost_no_more_queries(person: Person, nurse: Client) -> None:
    counts = []
    for _ in range(3):
        make_request(Status.SCHEDULED, person=person)
        look_up(nurse, phone="480 555 0142")
        with CaptureQueriesContext(connection) as queries:
            assert "fit" in look_up(nurse, phone="480 555 0142")
        counts.append(len(queries))
    assert len(set(counts)) == 1 and counts[0] <= 8


def test_requests_from_before_are_found_by_birth_date_too(person: Person, nurse: Client) -> None:
    made, sealed = make_request(person=person), make_request()
    born = keyed_hash("born", person.birth_date)
    made.search.remove(born)
    ConsultationRequest.objects.filter(pk=made.pk).update(search=made.search)
    ConsultationRequest.objects.filter(pk=sealed.pk).update(sealed_person=b"1|lost|" + bytes(40), search=[])
    assert "No request fits" in look_up(nurse, **BORN)
    for _ in range(2):
        import_module("booking.migrations.0026_found_by_birth_date").fill(apps, None)
    assert "1 request that fits" in look_up(nurse, **BORN)
    made.refresh_from_db()
    assert made.search.count(born) == 1
