"""The second factor: set up before anything else, asked for at each sign-in, and hard to guess or replay."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY, TOTP, generate_totp_secret, hotp_value
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import User
from django.test import Client

from booking.models import AccountEvent
from booking.rules.roles import Role
from tests.factories import PASSWORD, make_staff

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_sign_in_counters")]
ACCOUNT = "/admin/account/"
SIGN_IN, CODE = f"{ACCOUNT}sign-in/", f"{ACCOUNT}sign-in/code/"
SECURITY, APP = f"{ACCOUNT}security/", f"{ACCOUNT}security/app/"
QUEUE = "/admin/booking/consultationrequest/"


@pytest.fixture(autouse=True)
def _the_half_minute_lasts() -> Iterator[None]:
    """A code holds for its half minute alone; a test may run from one into the next."""
    with time_machine.travel(dt.datetime.now(dt.UTC), tick=False):
        yield


@pytest.fixture(autouse=True)
def _outside_a_demonstration(settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = True


@pytest.fixture
def with_app() -> tuple[User, str]:
    """A nurse with an authenticator app, and its secret."""
    user, secret = make_staff(Role.NURSE), generate_totp_secret()
    TOTP.activate(user, secret)
    RecoveryCodes.activate(user)
    return user, secret


def code_now(secret: str) -> str:
    return f"{hotp_value(secret, int(time.time()) // 30):06}"


def sign_in(client: Client, user: User) -> Any:
    return client.post(SIGN_IN, {"login": user.username, "password": PASSWORD})


def test_an_account_without_one_sees_nothing_before_it_is_set_up(client: Client) -> None:
    user = make_staff(Role.NURSE)
    sign_in(client, user)
    for address in ("/admin/", QUEUE, f"{QUEUE}take-call/", "/admin/treatments/", "/admin/password_change/"):
        assert client.get(address).url == SECURITY
        assert client.post(address).url == SECURITY
    assert "Add a second step" in client.get(SECURITY).text

    page = client.get(APP).text
    secret = client.session[SECRET_SESSION_KEY]
    assert secret in page and "<svg" in page and "style=" not in page
    assert "does not match" in client.post(APP, {"code": "000000"}).text
    answer = client.post(APP, {"code": code_now(secret)}, follow=True)
    assert "Your recovery codes" in answer.text
    assert answer.text.count('<code translate="no">') == 10
    assert client.get(QUEUE).status_code == 200
    assert "cannot be shown again" in client.get(f"{SECURITY}codes/").text


def test_a_password_alone_opens_no_page(client: Client, with_app: tuple[User, str]) -> None:
    user, secret = with_app
    assert sign_in(client, user).url == CODE
    assert "Step 2 of 2" in client.get(CODE).text
    assert client.get(QUEUE).status_code == 302
    assert client.get(SECURITY).status_code == 302
    assert client.post(CODE, {"code": code_now(secret)}).url == "/admin/"
    assert client.get(QUEUE).status_code == 200


def test_a_code_works_once(with_app: tuple[User, str]) -> None:
    user, secret = with_app
    with time_machine.travel(dt.datetime(2026, 11, 30, 16, tzinfo=dt.UTC), tick=False):
        code, first, second = code_now(secret), Client(), Client()
        sign_in(first, user)
        assert first.post(CODE, {"code": code}).status_code == 302
        sign_in(second, user)
        assert "does not match" in second.post(CODE, {"code": code}).text


def test_a_wrong_code_after_the_right_password_is_on_record(
    client: Client, with_app: tuple[User, str]
) -> None:
    user, secret = with_app
    client.post(SIGN_IN, {"login": user.username, "password": PASSWORD})
    assert not AccountEvent.objects.exists()
    client.post(CODE, {"code": "000000"})
    client.post(CODE, {"code": code_now(secret)})
    assert list(user.account_events.order_by("id").values_list("act", flat=True)) == ["refused", "signed-in"]


def test_a_code_of_another_half_minute_does_not_work(client: Client, with_app: tuple[User, str]) -> None:
    user, secret = with_app
    with time_machine.travel(dt.datetime(2026, 11, 30, 16, tzinfo=dt.UTC), tick=False) as clock:
        code = code_now(secret)
        clock.shift(dt.timedelta(seconds=31))
        sign_in(client, user)
        assert "does not match" in client.post(CODE, {"code": code}).text


def test_guessing_ends_after_five_tries_even_with_the_right_code(
    client: Client, with_app: tuple[User, str]
) -> None:
    user, secret = with_app
    sign_in(client, user)
    right = code_now(secret)
    for _try in range(5):
        client.post(CODE, {"code": "111111" if right != "111111" else "222222"})
    assert "Too many tries" in client.post(CODE, {"code": code_now(secret)}).text
    assert client.get(QUEUE).status_code == 302


def test_a_recovery_code_works_once(client: Client, with_app: tuple[User, str]) -> None:
    user, _secret = with_app
    code = RecoveryCodes(Authenticator.objects.get(user=user, type="recovery_codes")).get_unused_codes()[0]
    sign_in(client, user)
    assert client.post(CODE, {"code": code}).url == "/admin/"
    again = Client()
    sign_in(again, user)
    assert "does not match" in again.post(CODE, {"code": code}).text


def test_secrets_are_sealed_in_the_database(with_app: tuple[User, str]) -> None:
    user, secret = with_app
    stored = str(list(Authenticator.objects.filter(user=user).values()))
    assert secret not in stored
    wrapped = RecoveryCodes(Authenticator.objects.get(user=user, type="recovery_codes"))
    assert wrapped.get_unused_codes()[0] not in stored


def test_the_only_factor_stays(client: Client, with_app: tuple[User, str]) -> None:
    user, secret = with_app
    with time_machine.travel(dt.datetime(2026, 11, 30, 16, tzinfo=dt.UTC), tick=False) as clock:
        sign_in(client, user)
        client.post(CODE, {"code": code_now(secret)})
        clock.shift(dt.timedelta(minutes=11))
        assert "/again/" in client.get(f"{APP}remove/").url
        client.post(f"{ACCOUNT}again/", {"password": PASSWORD})
        assert "Set up another one first" in client.get(f"{APP}remove/").text
        client.post(f"{APP}remove/")
    assert Authenticator.objects.filter(user=user, type="totp").exists()


def test_a_new_factor_ends_what_was_opened_without_it(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    user, other = make_staff(Role.NURSE), Client()
    sign_in(other, user)
    sign_in(client, user)
    client.get(APP)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(APP, {"code": code_now(client.session[SECRET_SESSION_KEY])})
    assert other.get(SECURITY).status_code == 302
    assert client.get(SECURITY).status_code == 200


def test_other_sessions_are_listed_and_signed_out(client: Client, settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    user, other = make_staff(Role.NURSE), Client(headers={"user-agent": "Somewhere else"})
    sign_in(other, user)
    sign_in(client, user)
    page = client.get(f"{ACCOUNT}sessions/").text
    assert "This browser" in page and "Somewhere else" in page
    client.post(f"{ACCOUNT}sessions/")
    assert other.get(QUEUE).status_code == 302
    assert client.get(QUEUE).status_code == 200
    assert "signed in nowhere else" in client.get(f"{ACCOUNT}sessions/").text
    assert UserSession.objects.filter(user=user).count() == 1


def test_a_demonstration_asks_for_none(client: Client, settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    sign_in(client, make_staff(Role.NURSE))
    assert client.get(QUEUE).status_code == 200
