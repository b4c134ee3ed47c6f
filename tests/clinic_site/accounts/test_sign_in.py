"""The door of the staff workspace."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client

from booking.rules.roles import Role
from tests.factories import PASSWORD, make_staff

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_sign_in_counters")]
SIGN_IN = "/admin/account/sign-in/"
SIGN_OUT = "/admin/account/sign-out/"
AWAKE = "/admin/account/awake/"
QUEUE = "/admin/booking/consultationrequest/"


def sign_in(client: Client, username: str, password: str = PASSWORD, **values: str) -> object:
    return client.post(SIGN_IN, {"login": username, "password": password, **values})


def test_the_admin_leads_to_the_sign_in_page_and_back(client: Client) -> None:
    user = make_staff(Role.NURSE)
    answer = client.get(QUEUE, follow=True)
    assert answer.redirect_chain[-1][0].startswith(SIGN_IN)
    assert "Staff sign-in" in answer.text
    assert sign_in(client, user.username, next=QUEUE).url == QUEUE
    assert client.get(QUEUE).status_code == 200


def test_an_address_elsewhere_is_no_way_on(client: Client) -> None:
    user = make_staff(Role.NURSE)
    assert sign_in(client, user.username, next="https://elsewhere.example/").url == "/admin/"


@pytest.mark.parametrize(
    ("role", "address"), [(Role.NURSE, QUEUE), (Role.MANAGER, QUEUE), (Role.EDITOR, "/admin/treatments/")]
)
def test_the_first_page_depends_on_the_role(role: Role, address: str, client: Client) -> None:
    client.force_login(make_staff(role))
    assert client.get("/admin/").url == address
    assert client.get(address).status_code == 200


def test_a_wrong_password_and_an_unknown_name_are_told_alike(client: Client) -> None:
    user = make_staff(Role.NURSE)
    wrong, unknown = sign_in(client, user.username, "not it"), sign_in(client, "nobody", "not it")
    for answer in (wrong, unknown):
        assert "The username or the password does not match" in answer.text
        assert "<title>Error: " in answer.text
    assert f'value="{user.username}"' in wrong.text
    assert "not it" not in wrong.text


@pytest.mark.usefixtures("within_a_minute")
def test_after_five_misses_the_right_password_has_to_wait_too(client: Client) -> None:
    user = make_staff(Role.NURSE)
    for _ in range(5):
        sign_in(client, user.username, "not it")
    answer = sign_in(client, user.username)
    assert "Too many tries that did not match. Wait 5 minutes" in answer.text
    assert client.get(QUEUE).status_code == 302
    other = make_staff(Role.NURSE)
    assert sign_in(client, other.username).status_code == 302


@pytest.fixture
def within_a_minute() -> Iterator[None]:
    """Nothing takes time: the throttles count by the minute."""
    with time_machine.travel(dt.datetime.now(dt.UTC), tick=False):
        yield


@pytest.mark.usefixtures("within_a_minute")
def test_a_flood_from_one_place_is_answered_with_a_sentence(client: Client) -> None:
    answers = [sign_in(client, f"name{n}", "not it") for n in range(31)]
    assert answers[-1].status_code == 429
    assert "Too many tries" in answers[-1].text


@pytest.mark.usefixtures("within_a_minute")
def test_a_forged_forwarded_address_does_not_get_round_the_throttle(client: Client) -> None:
    for n in range(31):
        headers = {"x-forwarded-for": f"203.0.113.{n}"}
        answer = client.post(SIGN_IN, {"login": "x", "password": "y"}, headers=headers)
    assert answer.status_code == 429


def test_accounts_that_are_switched_off_or_not_staff_stay_out(client: Client) -> None:
    gone = make_staff(Role.NURSE, is_active=False)
    assert "does not match" in sign_in(client, gone.username).text
    client.force_login(make_staff(Role.NURSE, is_staff=False))
    assert client.get(QUEUE, follow=True).status_code == 403


def test_switching_an_account_off_ends_its_session(client: Client) -> None:
    user = make_staff(Role.NURSE)
    client.force_login(user)
    assert client.get(QUEUE).status_code == 200
    user.is_active = False
    user.save()
    assert client.get(QUEUE).status_code == 302


def test_a_sign_in_ends_after_eight_hours_however_busy(client: Client) -> None:
    user = make_staff(Role.NURSE)
    with time_machine.travel(dt.datetime(2026, 11, 30, 16, tzinfo=dt.UTC), tick=False) as clock:
        sign_in(client, user)
        for _visit in range(47):
            clock.shift(dt.timedelta(minutes=10))
            assert client.post(AWAKE).json()["left"] > 0
        # What a message does: the session changes, and Django keeps it for eight hours more.
        session = client.session
        session["busy"] = time.time()
        session.save()
        assert client.get(QUEUE).status_code == 200
        clock.shift(dt.timedelta(minutes=11))
        assert client.get(QUEUE).url.startswith("/admin/login/")
        assert client.get(AWAKE).status_code == 401


def test_a_quiet_quarter_of_an_hour_ends_a_sign_in(client: Client) -> None:
    with time_machine.travel(dt.datetime(2026, 11, 30, 16, tzinfo=dt.UTC), tick=False) as clock:
        sign_in(client, make_staff(Role.NURSE))
        clock.shift(dt.timedelta(minutes=14))
        assert client.get(QUEUE).status_code == 200
        clock.shift(dt.timedelta(minutes=14))
        assert client.get(QUEUE).status_code == 200
        clock.shift(dt.timedelta(minutes=16))
        assert client.get(QUEUE).url.startswith("/admin/login/")


def test_what_a_script_fetches_by_itself_is_no_sign_of_life(client: Client) -> None:
    with time_machine.travel(dt.datetime(2026, 11, 30, 16, tzinfo=dt.UTC), tick=False) as clock:
        sign_in(client, make_staff(Role.NURSE))
        for _minute in range(14):
            clock.shift(dt.timedelta(minutes=1))
            assert client.get(QUEUE, headers={"sec-fetch-dest": "empty"}).status_code == 200
            assert client.get(AWAKE, headers={"sec-fetch-dest": "empty"}).json()["left"] > 0
        clock.shift(dt.timedelta(minutes=2))
        assert client.get(QUEUE).url.startswith("/admin/login/")


@pytest.mark.parametrize("address", [SIGN_OUT, "/admin/logout/"])
def test_signing_out_is_a_post(address: str, client: Client) -> None:
    client.force_login(make_staff(Role.NURSE))
    client.get(address)
    assert client.get(QUEUE).status_code == 200
    copied = client.cookies[settings.SESSION_COOKIE_NAME].value
    client.post(address)
    assert client.get(QUEUE).status_code == 302
    client.cookies[settings.SESSION_COOKIE_NAME] = copied
    assert client.get(QUEUE).status_code == 302


@pytest.mark.parametrize(
    "address",
    ["/admin/", SIGN_IN, SIGN_OUT, QUEUE, AWAKE, "/admin/account/security/",
     "/admin/account/sessions/", "/admin/login/", "/admin/logout/", "/admin/password_change/",
     "/admin/treatments/page/", "/admin/jsi18n/", "/admin/no-such-page/",
     f"{QUEUE}00000000-0000-0000-0000-000000000000/change/"],
)  # fmt: skip
def test_without_https_everything_stays_shut(address: str, client: Client, settings: Any) -> None:
    settings.ADMIN_OPEN = False
    client.force_login(make_staff(*Role.values[:5], is_superuser=True))
    for answer in (client.get(address), client.post(address)):
        assert answer.status_code == 403
        assert "opens over https alone" in answer.text


def test_there_is_no_sign_up(client: Client) -> None:
    assert client.get("/admin/account/signup/").status_code in (302, 404)
    assert client.get("/accounts/signup/").status_code == 404


def test_accounts_can_be_looked_at_past_their_own_pages_and_not_changed(client: Client) -> None:
    user, boss = make_staff(Role.RECEPTION), make_staff(is_superuser=True)
    client.force_login(boss)
    text = client.get(f"/admin/auth/user/{user.pk}/change/").text
    assert user.username in text
    assert "user_permissions" not in text and 'name="username"' not in text and "pbkdf2" not in text
    before = User.objects.filter(pk=user.pk).values().get()
    typed = {"username": "renamed", "groups": "1", "is_superuser": "on", "is_active": "on"}
    for address in (
        f"/admin/auth/user/{user.pk}/change/",
        f"/admin/auth/user/{user.pk}/password/",
        f"/admin/auth/user/{user.pk}/delete/",
        "/admin/auth/user/add/",
    ):
        passwords = {"password1": "a-new-Phrase-17", "password2": "a-new-Phrase-17", "post": "yes"}
        assert client.post(address, typed | passwords).status_code == 403
    assert User.objects.filter(pk=user.pk).values().get() == before
    assert (User.objects.count(), list(user.groups.values_list("name", flat=True))) == (2, [Role.RECEPTION])


def test_editors_and_managers_see_what_the_clinic_must_complete(client: Client) -> None:
    client.force_login(make_staff(Role.EDITOR))
    assert "The clinic must still complete" in client.get("/admin/treatments/").text
    client.force_login(make_staff(Role.MANAGER))
    assert "/admin/treatments/" in client.get(QUEUE).text
    client.force_login(make_staff(Role.NURSE))
    assert "/admin/treatments/" not in client.get(QUEUE).text
