"""Signing out loses nothing: words come back to whoever typed them; nothing happens until they are sent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.test import Client

from booking.models import AccessLog, ConsultationRequest, Note
from booking.models.access import Look
from booking.rules.roles import Role
from booking.rules.statuses import Status
from clinic_site.accounts import form_recovery
from tests.booking.admin.conftest import page, seen
from tests.factories import PASSWORD, make_request, make_staff

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_sign_in_counters")]
SIGN_IN, KEEP = "/admin/account/sign-in/", "/admin/account/keep/"
WORDS = "Call the daughter first, after four."
BACK = "You were signed out before this was sent"


@pytest.fixture
def request_() -> ConsultationRequest:
    return make_request(Status.IN_REVIEW)


@pytest.fixture
def user() -> User:
    return make_staff(Role.NURSE)


@pytest.fixture
def clock() -> Iterator[Any]:
    with time_machine.travel(dt.datetime.now(dt.UTC), tick=False) as moving:
        yield moving


def sign_in(client: Client, user: User, to: str) -> str:
    client.post(SIGN_IN, {"login": user.username, "password": PASSWORD, "next": to})
    return client.get(to).text


def quiet(client: Client, user: User, clock: Any) -> None:
    client.force_login(user)
    clock.shift(dt.timedelta(minutes=16))


def test_a_form_that_came_too_late_comes_back_filled_in(
    client: Client, user: User, request_: ConsultationRequest, clock: Any
) -> None:
    quiet(client, user, clock)
    answer = client.post(page(request_, "ask_patient"), seen(request_, message=WORDS))
    assert answer.url.startswith(SIGN_IN)
    assert WORDS not in str([row.get_decoded() for row in Session.objects.all()])
    text = sign_in(client, user, page(request_, "ask_patient"))
    assert BACK in text and WORDS in text
    assert ConsultationRequest.objects.get(pk=request_.pk).status == Status.IN_REVIEW
    again = client.get(page(request_, "ask_patient")).text
    assert BACK not in again and WORDS not in again


def test_a_note_comes_back_on_the_page_that_it_was_typed_on(
    client: Client, user: User, request_: ConsultationRequest, clock: Any
) -> None:
    quiet(client, user, clock)
    came = {"referer": f"http://testserver{page(request_)}"}
    answer = client.post(page(request_, "note"), {"text": WORDS}, headers=came)
    assert page(request_) in answer.url
    text = sign_in(client, user, page(request_))
    assert BACK in text and WORDS in text
    assert not Note.objects.exists()


def test_somebody_else_gets_none_of_it(
    client: Client, user: User, request_: ConsultationRequest, clock: Any
) -> None:
    quiet(client, user, clock)
    client.post(page(request_, "ask_patient"), seen(request_, message=WORDS))
    assert WORDS not in sign_in(client, make_staff(Role.NURSE), page(request_, "ask_patient"))
    assert client.session[form_recovery.KEY] == []
    client.logout()
    assert WORDS not in sign_in(client, user, page(request_, "ask_patient"))


def test_it_waits_an_hour(client: Client, user: User, request_: ConsultationRequest, clock: Any) -> None:
    quiet(client, user, clock)
    client.post(page(request_, "ask_patient"), seen(request_, message=WORDS))
    clock.shift(dt.timedelta(minutes=61))
    assert WORDS not in sign_in(client, user, page(request_, "ask_patient"))


@pytest.mark.parametrize("other_window_first", [False, True])
def test_a_script_brings_it_to_safety_when_the_time_is_up(
    other_window_first: bool, client: Client, user: User, request_: ConsultationRequest, clock: Any
) -> None:
    quiet(client, user, clock)
    if other_window_first:
        client.get("/admin/")
    assert client.get("/admin/account/awake/").status_code == 401
    here = page(request_, "ask_patient")
    answer = client.post(KEEP, {"message": WORDS, "page_": here, "action_": here, "seen_version": "1"})
    assert answer.url.startswith(SIGN_IN) and client.get(here).status_code == 302
    text = sign_in(client, user, here)
    assert WORDS in text and 'name="page_"' not in text


def test_what_another_script_asks_meanwhile_ends_no_session(
    client: Client, user: User, request_: ConsultationRequest, clock: Any
) -> None:
    quiet(client, user, clock)
    before = client.session.session_key
    answer = client.get(page(request_), headers={"sec-fetch-dest": "empty"})
    assert (answer.status_code, client.session.session_key) == (401, before)
    typed_there = {"page_": page(request_), "action_": page(request_, "note"), "text": WORDS}
    client.post(KEEP, typed_there)
    assert WORDS in sign_in(client, user, page(request_))


def test_a_session_that_is_gone_from_a_night_is_known_by_its_row(
    client: Client, user: User, request_: ConsultationRequest
) -> None:
    with time_machine.travel(dt.datetime.now(dt.UTC) - dt.timedelta(hours=9)):
        client.force_login(user)
    client.post(page(request_, "ask_patient"), seen(request_, message=WORDS))
    assert WORDS in sign_in(client, user, page(request_, "ask_patient"))


def test_two_windows_get_their_own_words(
    client: Client, user: User, request_: ConsultationRequest, clock: Any
) -> None:
    quiet(client, user, clock)
    client.post(page(request_, "ask_patient"), seen(request_, message=WORDS))
    client.post(page(request_, "note"), {"text": "Another thing"})
    assert "Another thing" in sign_in(client, user, page(request_, "note"))
    assert WORDS in client.get(page(request_, "ask_patient")).text


@pytest.mark.parametrize(
    "there",
    ["https://elsewhere.example/admin/", "//elsewhere.example/admin/", "/", "/admin/account/sign-in/"],
)
def test_nobody_is_led_elsewhere_and_no_secret_is_kept(
    there: str, client: Client, user: User, clock: Any
) -> None:
    quiet(client, user, clock)
    answer = client.post(KEEP, {"page_": there, "action_": there, "text": WORDS})
    assert answer.url == SIGN_IN
    assert form_recovery.KEY not in client.session
    quiet(client, user, clock)
    client.post("/admin/password_change/", {"old_password": PASSWORD, "new_password1": "x"})
    assert form_recovery.KEY not in client.session


def test_a_form_older_than_the_sign_in_comes_back_with_a_fresh_token(
    user: User, request_: ConsultationRequest
) -> None:
    client, here = Client(enforce_csrf_checks=True), page(request_, "ask_patient")
    client.force_login(user)
    origin = {"origin": "http://testserver", "referer": f"http://testserver{here}"}
    answer = client.post(here, seen(request_, message=WORDS, csrfmiddlewaretoken="x" * 64), headers=origin)
    assert answer.url == here
    assert WORDS in client.get(here).text
    foreign = client.post(here, seen(request_, message=WORDS), headers={"origin": "https://evil.example"})
    assert foreign.status_code == 403 and BACK not in client.get(here).text
    refused = AccessLog.objects.get(look=Look.DENIED)
    assert refused.user == user and refused.codes["page"].startswith("POST admin/")
    assert ConsultationRequest.objects.get(pk=request_.pk).status == Status.IN_REVIEW


def test_an_answer_page_that_no_address_leads_to_begins_anew(
    client: Client, user: User, request_: ConsultationRequest, clock: Any
) -> None:
    quiet(client, user, clock)
    bulk = "/admin/booking/consultationrequest/bulk/"
    came = {"referer": f"http://testserver{bulk}"}
    client.post(bulk, {"act": "assign", "pick": str(request_.pk)}, headers=came)
    client.post(SIGN_IN, {"login": user.username, "password": PASSWORD})
    assert client.get(bulk).url == "/admin/"
