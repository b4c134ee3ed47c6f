"""Staff accounts as a manager sees them, from the invitation to the first page of the invited."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable
from typing import Any
from unittest import mock

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core import mail
from django.db import connection
from django.test import Client

from booking.models import AccessLog, AccountEvent
from booking.models.access import Look
from booking.rules.roles import Role
from booking.tasks import send_one_time_link
from tests.factories import PASSWORD, make_staff

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_sign_in_counters")]
STAFF = "/admin/staff/"
INVITATION = {
    "first_name": "Demo",
    "last_name": "Nurse",
    "email": "demo.nurse@example.com",
    "username": "demo.nurse",
    "roles": ["nurse", "reception"],
}
NEW = "four words make a password"
DETAILS = {"first_name": "Demo", "last_name": "Other", "email": "demo.other@example.com"}


@pytest.fixture
def manager(as_role: Callable[..., Client]) -> Client:
    return as_role(Role.MANAGER)


def mailed_link() -> str:
    """Do what the waiting job does, and return the address in the mail."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT args FROM procrastinate_jobs WHERE task_name = 'booking.send_staff_link'")
        (args,) = cursor.fetchall()[-1]
    send_one_time_link(**(args if isinstance(args, dict) else json.loads(args)))
    return re.search(r"https?://[^/]+(/admin/account/welcome/\S+)", mail.outbox[-1].body)[1]


def test_from_the_invitation_to_the_workspace(manager: Client, settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    with mock.patch("clinic_site.accounts.site.lacks_second_factor", return_value=False):
        answer = manager.post(f"{STAFF}invite/", INVITATION, follow=True)
    assert "The link goes to demo.nurse@example.com" in answer.text
    assert "No password yet" in answer.text
    link, sent, holder = mailed_link(), mail.outbox[-1], Client()
    assert sent.to == ["demo.nurse@example.com"]
    assert not re.search(
        "pain|clinic|nurse|sonoran", (sent.subject + sent.body).replace("clinic.example", ""), re.I
    )
    assert "demo.nurse" in holder.get(link).text
    assert "too short" in holder.post(link, {"password": "short", "again": "short"}).text
    assert "differ" in holder.post(link, {"password": NEW, "again": "something else"}).text
    assert holder.post(link, {"password": NEW, "again": NEW}).url == "/admin/account/sign-in/"
    assert holder.get(link).status_code == holder.post(link, {"password": NEW}).status_code == 410
    holder.post("/admin/account/sign-in/", {"login": "demo.nurse", "password": NEW})
    assert holder.get("/admin/").url == "/admin/account/security/"


def test_opening_the_link_changes_nothing(manager: Client) -> None:
    manager.post(f"{STAFF}invite/", INVITATION)
    link = mailed_link()
    for _scan in range(10):
        assert Client().get(link).status_code == 200
    assert Client().post(link, {"password": NEW, "again": NEW}).status_code == 302


def test_a_link_that_never_was_reads_like_one_that_ran_out() -> None:
    for token in ("x", "A" * 43, "%F0%9F%98%80"):
        answer = Client().get(f"/admin/account/welcome/{token}/")
        assert answer.status_code == 410
        assert "opens nothing any more" in answer.text


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"roles": []}, "Select at least one role"),
        ({"roles": ["superuser"]}, "Select only answers from the list"),
        ({"username": "a b"}, "letters, numbers and dots alone"),
        ({"email": "nobody"}, "Enter an email address"),
        ({"first_name": ""}, "Enter the first name"),
        ({"is_superuser": "on"}, ""),
    ],
)
def test_what_was_typed_wrongly_is_named(change: dict[str, Any], sentence: str, manager: Client) -> None:
    text = manager.post(f"{STAFF}invite/", INVITATION | change).text
    if sentence:
        assert sentence in text
        assert not User.objects.filter(username="demo.nurse").exists()
        return
    assert not User.objects.get(username="demo.nurse").is_superuser


def test_a_username_in_use_is_told(manager: Client) -> None:
    manager.post(f"{STAFF}invite/", INVITATION)
    assert "There is an account with this username" in manager.post(f"{STAFF}invite/", INVITATION).text


def test_a_mail_that_does_not_leave_leaves_no_link_and_is_tried_again(manager: Client) -> None:
    manager.post(f"{STAFF}invite/", INVITATION)
    refusing = mock.patch("django.core.mail.EmailMessage.send", side_effect=ConnectionRefusedError)
    with refusing, pytest.raises(ConnectionRefusedError):
        mailed_link()
    assert "No password yet" in manager.get(STAFF).text
    assert Client().get(mailed_link()).status_code == 200
    assert "Invited" in manager.get(STAFF).text


def test_roles_are_changed_and_recorded(manager: Client) -> None:
    user = make_staff(Role.NURSE)
    answer = manager.post(f"{STAFF}{user.pk}/", {"roles": ["editor"]}, follow=True)
    assert "Roles changed." in answer.text and "Roles changed</b>: editor" in answer.text
    assert [group.name for group in user.groups.all()] == ["editor"]
    again = manager.post(f"{STAFF}{user.pk}/", {"roles": ["editor"]})
    assert again.status_code == 409 and "These are the roles already" in again.text


def test_switching_off_ends_the_session_now_and_keeps_the_name(manager: Client) -> None:
    user, holder = make_staff(Role.NURSE), Client()
    holder.post("/admin/account/sign-in/", {"login": user.username, "password": PASSWORD})
    assert holder.get("/admin/booking/consultationrequest/").status_code == 200
    assert "signed out at once" in manager.get(f"{STAFF}{user.pk}/disable/").text
    assert holder.get("/admin/booking/consultationrequest/").status_code == 200
    manager.post(f"{STAFF}{user.pk}/disable/")
    assert holder.get("/admin/booking/consultationrequest/").status_code == 302
    assert user.get_full_name() in manager.get(STAFF).text
    manager.post(f"{STAFF}{user.pk}/enable/")
    assert holder.get("/admin/booking/consultationrequest/").status_code == 302


def test_a_reset_ends_the_session_and_sends_a_link(manager: Client) -> None:
    user, holder = make_staff(Role.NURSE, email="demo.nurse@example.com"), Client()
    holder.post("/admin/account/sign-in/", {"login": user.username, "password": PASSWORD})
    manager.post(f"{STAFF}{user.pk}/reset/")
    assert holder.get("/admin/booking/consultationrequest/").status_code == 302
    assert holder.post(mailed_link(), {"password": NEW, "again": NEW}).status_code == 302


def test_a_manager_cannot_end_the_last_manager_or_a_superuser(manager: Client) -> None:
    me, superuser = User.objects.get(groups__name="manager"), make_staff(is_superuser=True)
    for pk, sentence in ((me.pk, "only manager"), (superuser.pk, "A manager cannot change it")):
        answer = manager.post(f"{STAFF}{pk}/disable/")
        assert answer.status_code == 409 and sentence in answer.text
    assert manager.post(f"{STAFF}{me.pk}/", {"roles": ["nurse", "manager"]}).status_code == 409
    assert User.objects.filter(is_active=True).count() == 2


@pytest.mark.parametrize("role", [Role.RECEPTION, Role.NURSE, Role.CLINICIAN, Role.EDITOR])
def test_others_are_refused_on_record(role: Role, as_role: Callable[..., Client]) -> None:
    client, user = as_role(role), make_staff(Role.NURSE)
    for address in ("", "invite/", f"{user.pk}/", f"{user.pk}/disable/"):
        assert client.get(STAFF + address).status_code == client.post(STAFF + address).status_code == 403
    assert AccessLog.objects.filter(look=Look.DENIED).count() == 8
    assert User.objects.get(pk=user.pk).is_active


def test_name_and_address_are_changed_and_the_session_stays(manager: Client) -> None:
    user, holder = make_staff(Role.NURSE, email="demo.nurse@example.com"), Client()
    holder.post("/admin/account/sign-in/", {"login": user.username, "password": PASSWORD})
    assert 'value="demo.nurse@example.com"' in manager.get(f"{STAFF}{user.pk}/details/").text
    answer = manager.post(f"{STAFF}{user.pk}/details/", DETAILS, follow=True)
    assert "Changed. They are told by email." in answer.text
    assert "Name or email changed" in answer.text and "demo.other@example.com" in answer.text
    assert holder.get("/admin/booking/consultationrequest/").status_code == 200
    again = manager.post(f"{STAFF}{user.pk}/details/", DETAILS)
    assert again.status_code == 409 and "already" in again.text
    assert "Enter an email" in manager.post(f"{STAFF}{user.pk}/details/", DETAILS | {"email": "x"}).text


@pytest.mark.parametrize(
    ("page", "typed"),
    [
        ("{pk}/details/", DETAILS),
        ("{pk}/", {"roles": ["manager"]}),
        ("{pk}/reset/", {}),
        ("invite/", INVITATION),
    ],
)
def test_an_account_is_changed_by_whoever_has_just_shown_who_they_are(
    page: str, typed: dict[str, Any], manager: Client
) -> None:
    user = make_staff(Role.NURSE, email="demo.nurse@example.com")
    acts, accounts = (
        AccountEvent.objects.count(),
        list(User.objects.order_by("pk").values("email", "password")),
    )
    address = STAFF + page.format(pk=user.pk)
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(minutes=11)):
        manager.get("/admin/account/awake/")
        assert manager.post(address, typed).url.startswith("/admin/account/again/")
        off = manager.post(f"{STAFF}{make_staff(Role.NURSE).pk}/disable/")
    assert off.url.startswith(STAFF)
    assert list(User.objects.order_by("pk").values("email", "password"))[:-1] == accounts
    assert [group.name for group in user.groups.all()] == ["nurse"]
    assert AccountEvent.objects.count() == acts + 1


def test_a_link_is_there_before_its_mail_leaves(manager: Client) -> None:
    manager.post(f"{STAFF}invite/", INVITATION)
    outside: list[bool] = []

    def send(_mail: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM booking_invitation")
            outside.append(cursor.fetchone() == (1,) and len(connection.savepoint_ids) == depth)

    depth = len(connection.savepoint_ids)
    with mock.patch("django.core.mail.EmailMessage.send", send):
        send_one_time_link(account_id=User.objects.get(username="demo.nurse").pk)
    assert outside == [True]


def test_an_account_that_only_stands_for_somebody_waits_for_no_link(manager: Client) -> None:
    user = make_staff(Role.NURSE)
    user.set_unusable_password()
    user.save()
    assert "Nobody signs in with it" in manager.get(STAFF).text


def test_sign_ins_and_refusals_are_on_record(manager: Client) -> None:
    user, page = make_staff(Role.NURSE), "/admin/account/sign-in/"
    for password in ("not it", PASSWORD):
        Client().post(page, {"login": user.username, "password": password})
    Client().post(page, {"login": "a password in the wrong field", "password": "not it"})
    assert list(AccountEvent.objects.order_by("id").values_list("act", "account")) == [
        ("refused", user.pk),
        ("signed-in", user.pk),
    ]
    text = manager.get(f"{STAFF}{user.pk}/").text
    assert "Sign-in refused" in text and "Signed in" in text
