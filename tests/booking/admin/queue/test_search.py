"""Finding a person without a name in any address."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

from booking import actions
from booking.models import AccessLog
from booking.models.access import Look
from booking.rules import reference
from booking.rules.roles import Role
from booking.rules.statuses import Status
from tests.booking.admin.conftest import QUEUE, page
from tests.factories import everybody, make_person, make_request, make_staff

pytestmark = pytest.mark.django_db
SEARCH = f"{QUEUE}search/"


@pytest.mark.parametrize(
    "typed",
    ["José O'Brien", "obrien jose" , "JOSE", "josé", "jose.obrien@example.org", "JOSE.OBRIEN@example.org",
     "(520) 555-0107", "520 555 0107", "+1 520 555 0107", "o brien jose", "<jose.obrien@example.org>,",
     "mailto:jose.obrien@example.org"],
)  # fmt: skip
def test_finds_by_name_email_and_phone_however_it_is_typed(typed: str, nurse: Client) -> None:
    person = make_person(full_name="José O'Brien", email="jose.obrien@example.org", phone="+15205550107")
    wanted, other = make_request(person=person), make_request()
    answer = nurse.post(SEARCH, {"q": typed})
    assert answer.status_code == 302
    found = nurse.get(answer.url).text
    assert wanted.shown_reference in found and other.shown_reference not in found


@pytest.mark.parametrize("typed", ["Maria Canary", "maria@canary.example", "(520) 555-0107"])
def test_the_address_holds_keyed_hashes_alone(typed: str, nurse: Client) -> None:
    address = nurse.post(SEARCH, {"q": typed}).url
    assert re.fullmatch(r"\?find=[0-9a-f]{16}(%2C[0-9a-f]{16})*", address.removeprefix(QUEUE))
    assert "Canary" not in nurse.get(address).text


def test_a_reference_leads_straight_to_the_request(nurse: Client) -> None:
    made = make_request()
    for typed in (made.shown_reference, made.reference.lower(), f" #{made.shown_reference}. "):
        assert nurse.post(SEARCH, {"q": typed}).url == page(made)


def test_a_reference_tells_a_clinician_nothing_about_a_colleagues_patient(
    as_role: Callable[..., Client],
) -> None:
    clinician = as_role(Role.CLINICIAN)
    made = actions.assign(make_request(), make_staff(Role.CLINICIAN), by=everybody())
    answers = [clinician.post(SEARCH, {"q": typed}) for typed in (made.reference, reference.new())]
    assert ["Nobody found" in clinician.get(one.url).text for one in answers] == [True, True]
    assert AccessLog.objects.get(look=Look.DENIED).request == made


def test_finds_finished_requests_too(nurse: Client) -> None:
    made = make_request(Status.CLOSED)
    answer = nurse.post(SEARCH, {"q": made.person.email})
    assert made.shown_reference in nurse.get(answer.url).text


def test_somebody_unknown_is_told_so(nurse: Client) -> None:
    make_request()
    answer = nurse.get(nurse.post(SEARCH, {"q": "Nobody Known"}).url)
    assert "Nobody found" in answer.text and "data-row" not in answer.text


@pytest.mark.parametrize("typed", ["", "   ", "---", "\u200b"])
def test_nothing_typed_leads_back_with_a_hint(typed: str, nurse: Client) -> None:
    answer = nurse.post(SEARCH, {"q": typed}, follow=True)
    assert "Type a reference, a name" in answer.text


@pytest.mark.parametrize("find", ["zz", "1", "0" * 15, "0" * 16 + ",", "g" * 16, "0" * 400])
def test_a_made_up_find_is_ignored(find: str, nurse: Client) -> None:
    made = make_request()
    assert made.shown_reference in nurse.get(QUEUE, {"find": find}).text


def test_searching_is_on_record(nurse: Client) -> None:
    answer = nurse.post(SEARCH, {"q": "Nobody Known"})
    nurse.get(answer.url)
    assert list(AccessLog.objects.values_list("look", flat=True)) == [Look.SEARCH, Look.SEARCH]


def test_search_is_by_post_alone(nurse: Client) -> None:
    assert nurse.get(SEARCH, {"q": "Maria"}).status_code == 405
