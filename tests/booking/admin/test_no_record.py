"""When a look cannot be written down, nothing is shown, whatever page it is; a refusal is no exception."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from booking.models import AccessLog, ConsultationRequest
from booking.rules.roles import Role
from booking.rules.statuses import Status
from tests.booking.admin.conftest import QUEUE, page
from tests.factories import make_answers, make_person, make_request

pytestmark = pytest.mark.django_db
NAME, WORDS = "Testpatient Canary", "worse in the canary hour"
RANGE = {
    "format": "csv",
    "first": "2020-01-01",
    "last": "2020-12-31",
    "contents": ["person"],
    "confirmed": "1",
}


@pytest.fixture
def request_() -> ConsultationRequest:
    person, answers = make_person(full_name=NAME), make_answers(in_own_words=WORDS)
    return make_request(Status.IN_REVIEW, person=person, answers=answers, received_at="2020-06-01T12:00Z")


@pytest.fixture
def _nothing_can_be_recorded(request_: ConsultationRequest) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE booking_accesslog ADD CONSTRAINT full_disk CHECK (false) NOT VALID")


LOOKS: dict[str, Callable[[Client, ConsultationRequest], object]] = {
    "queue": lambda client, _one: client.get(QUEUE),
    "found": lambda client, _one: client.get(QUEUE, {"find": "0" * 16}),
    "search": lambda client, _one: client.post(f"{QUEUE}search/", {"q": NAME}),
    "request": lambda client, one: client.get(page(one)),
    "history": lambda client, one: client.get(page(one, "history")),
    "told of a change": lambda client, one: client.get(page(one, "watch"), {"version": one.version - 1}),
    "verb": lambda client, one: client.get(page(one, "assign")),
    "stale verb": lambda client, one: client.post(page(one, "assign"), {"seen_version": 99}),
    "call": lambda client, _one: client.get(reverse("admin:booking_consultationrequest_take_call")),
    "caller": lambda client, one: client.post(
        f"{reverse('admin:booking_consultationrequest_take_call')}?topic=migraine",
        {"look_up": "1", "phone": one.person.phone},
    ),
    "dashboard": lambda client, _one: client.get(reverse("numbers:dashboard")),
    "figures": lambda client, _one: client.get(reverse("numbers:dashboard_csv", args=["requests"])),
    "audit": lambda client, _one: client.get(reverse("numbers:audit")),
    "audit export": lambda client, _one: client.post(reverse("numbers:audit_csv")),
    "sheet": lambda client, _one: client.get(reverse("admin:booking_visit_today")),
    "export": lambda client, _one: client.post(reverse("numbers:exports"), RANGE),
}


@pytest.mark.parametrize("look", LOOKS)
def test_no_record_no_page(
    look: str, request_: ConsultationRequest, _nothing_can_be_recorded: None, as_role: Callable[..., Client]
) -> None:
    answer = LOOKS[look](as_role(*list(Role)[:5]), request_)
    assert answer.status_code == 500  # type: ignore[attr-defined]
    for words in (NAME, NAME.split()[0], WORDS, request_.shown_reference, request_.person.email):
        assert words not in answer.text  # type: ignore[attr-defined]


@pytest.mark.parametrize("look", [one for one in LOOKS if one != "call"])
def test_the_same_looks_succeed_when_they_can_be_recorded(
    look: str, request_: ConsultationRequest, as_role: Callable[..., Client]
) -> None:
    answer = LOOKS[look](as_role(*list(Role)[:5]), request_)
    assert answer.status_code in (200, 302, 409)  # type: ignore[attr-defined]
    assert AccessLog.objects.exists()


def test_a_refusal_that_cannot_be_recorded_is_no_way_in(
    request_: ConsultationRequest, _nothing_can_be_recorded: None, as_role: Callable[..., Client]
) -> None:
    answer = as_role(Role.EDITOR).get(page(request_))
    assert answer.status_code == 500 and NAME not in answer.text
