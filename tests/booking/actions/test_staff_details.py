"""A manager changes a colleague's name or address: on record, told at both, links follow."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.db import connection

from booking.actions import Actor, staff_accounts
from booking.actions.staff_details import change_details
from booking.models import AccountEvent
from booking.rules.errors import NotAllowed, NotPossible
from booking.rules.roles import STAFF, Role
from booking.tasks import send_one_time_link, tell_staff
from tests.factories import make_staff

pytestmark = pytest.mark.django_db
OLD, NEW = "demo.old@example.com", "demo.new@example.com"
JOBS = {"booking.tell_staff": tell_staff, "booking.send_staff_link": send_one_time_link}


@pytest.fixture
def by() -> Actor:
    return Actor.staff(make_staff(Role.MANAGER))


def person(account: User, **changed: str) -> dict[str, str]:
    known = {"first_name": account.first_name, "last_name": account.last_name, "email": account.email}
    return known | changed


def waiting() -> list[tuple[str, dict[str, Any]]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name, args FROM procrastinate_jobs ORDER BY id")
        found = cursor.fetchall()
    return [(name, args if isinstance(args, dict) else json.loads(args)) for name, args in found]


def test_a_new_address_is_told_at_both_and_neither_mail_says_where_from(by: Actor) -> None:
    account = make_staff(Role.NURSE, email=OLD)
    change_details(account, person(account, email=NEW), by=by)
    assert "@" not in str(waiting())
    for name, args in waiting():
        JOBS[name](**args)
    assert sorted(sent.to[0] for sent in mail.outbox) == [NEW, OLD]
    for sent in mail.outbox:
        words = (sent.subject + sent.body).lower()
        assert "was changed" in words and "if you did not expect this" in words
        assert not any(word in words for word in (OLD, NEW, "clinic", "pain", "nurse", account.username))
    assert User.objects.get(pk=account.pk).email == NEW


def test_the_record_names_the_fields_and_no_address_in_the_clear(by: Actor) -> None:
    account = make_staff(Role.NURSE, email=OLD)
    change_details(account, person(account, email=NEW, last_name="Demo Married"), by=by)
    event = account.account_events.get()
    assert (event.act, event.user, event.codes["fields"]) == ("details", by.user, ["last_name", "email"])
    assert "@" not in str(event.codes) and "Married" not in str(event.codes)


def test_a_name_alone_is_told_at_the_one_address(by: Actor) -> None:
    account = make_staff(Role.NURSE, email=OLD)
    change_details(account, person(account, last_name="Demo Married"), by=by)
    [(name, args)] = waiting()
    JOBS[name](**args)
    assert [sent.to for sent in mail.outbox] == [[OLD]] and "The name on your account" in mail.outbox[0].body


def test_the_link_of_an_invitation_goes_to_the_new_address_and_the_old_one_opens_nothing(by: Actor) -> None:
    known = {"username": "new", "first_name": "Demo", "last_name": "New", "email": OLD}
    account = staff_accounts.invite(known, [Role.NURSE], by=by)
    _account, token = staff_accounts.make_link(account.pk)
    done = len(waiting())
    change_details(account, person(account, email=NEW), by=by)
    with pytest.raises(NotPossible, match="opens nothing"):
        staff_accounts.welcome(token, "a password of many words")
    for name, args in waiting()[done:]:
        JOBS[name](**args)
    links = [sent for sent in mail.outbox if "/welcome/" in sent.body]
    assert [sent.to for sent in links] == [[NEW]]


def test_an_address_for_an_account_that_had_none_is_told_there(by: Actor) -> None:
    account = make_staff(Role.NURSE)
    change_details(account, person(account, email=NEW), by=by)
    assert [args["where"] for _name, args in waiting()] == ["now"]


def test_who_may_not_and_what_is_no_change(by: Actor) -> None:
    account = make_staff(Role.NURSE, email=OLD)
    with pytest.raises(NotPossible, match="already"):
        change_details(account, person(account), by=by)
    with pytest.raises(NotAllowed, match="their own"):
        change_details(by.user, person(by.user, email=NEW), by=by)
    superuser = make_staff(Role.MANAGER, is_superuser=True, email=OLD)
    with pytest.raises(NotAllowed, match="A manager cannot"):
        change_details(superuser, person(superuser, email=NEW), by=by)
    for role in sorted(STAFF - {Role.MANAGER}):
        with pytest.raises(NotAllowed):
            change_details(account, person(account, email=NEW), by=Actor.staff(make_staff(role)))
    assert not AccountEvent.objects.exists() and waiting() == []
