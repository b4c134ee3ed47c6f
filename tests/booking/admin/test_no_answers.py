"""Whoever may not read answers reads none, at any address of the workspace, by any method."""

from __future__ import annotations

import re
from http.cookies import SimpleCookie

import pytest
from django.db import transaction
from django.test import Client

from booking import actions
from booking.actions import Actor
from booking.delivery.clinician_calendar import clinician_calendar
from booking.models import ConsultationRequest
from booking.rules.roles import Role
from booking.rules.safety import BY_CODE
from booking.rules.statuses import Status
from tests.booking.admin.conftest import QUEUE, page
from tests.booking.admin.matrix import METHODS, STAFF_PATH, expected
from tests.factories import everybody, make_answers, make_person, make_request, make_staff

pytestmark = pytest.mark.django_db
SAID = {name: f"canary-{name}" for name in ("reason", "in_own_words", "tried_other", "allergies", "referrer")}
WRITTEN = {"note": "canary-note", "asked": "canary-asked", "replied": "canary-replied"}
# Coded answers, in words that no page but that of a request with them has a reason to show.
CODED = ("Pregnant, planning to be, or breastfeeding", "HD-7", str(BY_CODE["HD-7"].text), "12 days")


@pytest.fixture
def told() -> ConsultationRequest:
    """A request of somebody who asked twice, with answers, notes and letters in both; all of it merged."""
    person = make_person(full_name="Test Patient Told")
    answers = make_answers(safety=("HD-7",), health=("pregnancy",), medicine_days=12, **SAID)
    made, other = (make_request(Status.IN_REVIEW, person=person, answers=answers) for _ in range(2))
    for one in (made, other):
        actions.write_note(one, WRITTEN["note"], by=everybody())
        actions.ask_patient(one, WRITTEN["asked"], by=everybody())
        actions.reply(one, WRITTEN["replied"], by=Actor.patient())
    goes_on = actions.merge(other, made, by=everybody())
    make_request(person=person, answers=answers)  # a third one stays beside it
    return ConsultationRequest.objects.get(pk=goes_on.pk)


@pytest.mark.parametrize("role", [Role.RECEPTION, Role.EDITOR, None])
def test_no_address_shows_an_answer(role: Role | None, told: ConsultationRequest) -> None:
    client, leaks, shown = Client(raise_request_exception=False), list[str](), 0
    client.force_login(make_staff(*([role] if role else [])))
    cookies = client.cookies.output(header="", sep=";")
    for address in expected():
        if address.startswith(("treatments/", "auth/", "account/")):
            continue
        path = re.sub(r"<(uuid:pk|path:object_id)>", str(told.pk), "" if address == "/" else address)
        for method in METHODS:
            client.cookies = SimpleCookie(cookies)
            with transaction.atomic():
                text = _page(client, method, re.sub("<[^>]+>", "0", path), told)
                transaction.set_rollback(True)
            shown += told.shown_reference in text
            words = [*SAID.values(), *WRITTEN.values(), *(CODED if str(told.pk) in path else ())]
            leaks += [f"{method} {address}: {word}" for word in words if word in text]
    assert leaks == []
    assert (shown > 10) == (role == Role.RECEPTION)


def _page(client: Client, method: str, path: str, told: ConsultationRequest) -> str:
    values = {"seen_version": told.version, "pick": str(told.pk), "act": "assign", "q": "told"}
    send = client.get if method == "GET" else client.post
    answer = send(f"/{STAFF_PATH}{path}", values if method == "POST" else {}, follow=True)
    return b"".join(answer).decode(errors="replace")


def test_a_nurse_reads_it_all_on_one_of_them(told: ConsultationRequest, nurse: Client) -> None:
    text = nurse.get(page(told)).text
    assert [word for word in (*SAID.values(), *WRITTEN.values(), *CODED[:3]) if word not in text] == []


def test_lists_and_searches_tell_reception_no_more(told: ConsultationRequest) -> None:
    client = Client()
    client.force_login(make_staff(Role.RECEPTION))
    found = client.post(f"{QUEUE}search/", {"q": "Told"}, follow=True).text
    listed = client.get(QUEUE, {"whose": "all"}).text
    for text in (found, listed):
        assert told.shown_reference in text
        assert not [word for word in (*SAID.values(), *WRITTEN.values(), *CODED) if word in text]


def test_a_calendar_feed_knows_neither_name_nor_answer() -> None:
    made = make_request(Status.SCHEDULED, answers=make_answers(**SAID))
    text = clinician_calendar(made.visit.clinician).decode()
    assert made.shown_reference in text
    assert not [word for word in (*SAID.values(), made.person.full_name, made.person.phone) if word in text]
