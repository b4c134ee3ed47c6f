"""What a manager does with accounts: on record, nobody raised by their own hand, one manager stays."""

from __future__ import annotations

import datetime as dt
import threading
import time
from unittest import mock

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.models import User
from django.db import DatabaseError, connection

from booking.actions import Actor, staff_accounts
from booking.models import AccountEvent, Invitation
from booking.rules.errors import BookingError, NotAllowed, NotPossible
from booking.rules.roles import STAFF, Role
from tests.factories import make_staff

pytestmark = pytest.mark.django_db
PERSON = {"username": "new", "first_name": "Demo", "last_name": "New", "email": "demo.new@example.com"}
PASSWORD = "a password of many words"


@pytest.fixture
def by() -> Actor:
    return Actor.staff(make_staff(Role.MANAGER))


def invited(by: Actor) -> tuple[User, str]:
    account = staff_accounts.invite(PERSON, [Role.NURSE], by=by)
    made = staff_accounts.make_link(account.pk)
    assert made is not None
    return made


def acts(account: User) -> list[str]:
    return list(account.account_events.order_by("id").values_list("act", flat=True))


def test_from_the_invitation_to_the_password(by: Actor) -> None:
    account, token = invited(by)
    assert not account.has_usable_password()
    assert token not in str(Invitation.objects.values())
    assert staff_accounts.welcome(token, PASSWORD) == account
    assert User.objects.get(pk=account.pk).check_password(PASSWORD)
    assert Actor.staff(account).roles == {Role.NURSE}
    assert acts(account) == ["invited", "welcomed"]
    assert staff_accounts.make_link(account.pk) is None
    with pytest.raises(NotPossible, match="opens nothing"):
        staff_accounts.welcome(token, "another password of words")


def test_an_invitation_runs_out_after_three_days(by: Actor) -> None:
    with time_machine.travel(dt.datetime(2026, 11, 30, 16, tzinfo=dt.UTC), tick=False) as clock:
        _account, token = invited(by)
        clock.shift(dt.timedelta(days=3, seconds=1))
        with pytest.raises(NotPossible, match="opens nothing"):
            staff_accounts.welcome(token, PASSWORD)


def test_a_name_is_given_once_whatever_its_letters(by: Actor) -> None:
    staff_accounts.invite(PERSON, [Role.NURSE], by=by)
    with pytest.raises(NotPossible, match="this username"):
        staff_accounts.invite(PERSON | {"username": "NEW"}, [Role.NURSE], by=by)


@pytest.mark.parametrize("role", sorted(STAFF - {Role.MANAGER}))
def test_only_managers_do_any_of_it(role: Role) -> None:
    other, by = make_staff(Role.NURSE), Actor.staff(make_staff(role))
    calls = (
        lambda: staff_accounts.invite(PERSON, [Role.MANAGER], by=by),
        lambda: staff_accounts.set_roles(other, [Role.MANAGER], by=by),
        lambda: staff_accounts.set_roles(by.user, [Role.MANAGER], by=by),
        lambda: staff_accounts.reset_sign_in(other, by=by),
        lambda: staff_accounts.disable(other, by=by),
        lambda: staff_accounts.enable(other, by=by),
    )
    for call in calls:
        with pytest.raises(NotAllowed):
            call()
    assert not AccountEvent.objects.exists()


def test_nobody_changes_their_own_roles_or_a_superusers_account(by: Actor) -> None:
    with pytest.raises(NotAllowed, match="their own roles"):
        staff_accounts.set_roles(by.user, [Role.MANAGER, Role.NURSE], by=by)
    superuser = make_staff(is_superuser=True)
    for act in (staff_accounts.reset_sign_in, staff_accounts.disable):
        with pytest.raises(NotAllowed, match="A manager cannot"):
            act(superuser, by=by)
    assert Actor.staff(by.user).roles == {Role.MANAGER}


def test_roles_are_replaced_and_both_sets_are_on_record(by: Actor) -> None:
    account = make_staff(Role.NURSE)
    staff_accounts.set_roles(account, [Role.EDITOR, Role.RECEPTION], by=by)
    assert Actor.staff(account).roles == {Role.EDITOR, Role.RECEPTION}
    event = account.account_events.get()
    assert event.codes == {"before": ["nurse"], "after": ["editor", "reception"]}
    assert event.user == by.user


def test_a_reset_takes_password_and_second_factor_away(by: Actor) -> None:
    account = make_staff(Role.NURSE)
    with pytest.raises(NotPossible, match="no email"):
        staff_accounts.reset_sign_in(account, by=by)
    User.objects.filter(pk=account.pk).update(email="demo.nurse@example.com")
    TOTP.activate(account, "A" * 32)
    staff_accounts.reset_sign_in(account, by=by)
    _account, token = staff_accounts.make_link(account.pk)
    account.refresh_from_db()
    assert not account.has_usable_password()
    assert not Authenticator.objects.filter(user=account).exists()
    assert staff_accounts.welcome(token, PASSWORD) == account


def test_a_second_link_ends_the_first(by: Actor) -> None:
    account, first = invited(by)
    staff_accounts.reset_sign_in(account, by=by)
    assert not Invitation.objects.exists()
    _account, second = staff_accounts.make_link(account.pk)
    with pytest.raises(NotPossible):
        staff_accounts.welcome(first, PASSWORD)
    assert staff_accounts.welcome(second, PASSWORD) == account


def test_switching_off_and_on(by: Actor) -> None:
    account, token = invited(by)
    staff_accounts.disable(account, by=by)
    for act in (staff_accounts.disable, staff_accounts.reset_sign_in):
        with pytest.raises(NotPossible, match="switched off"):
            act(account, by=by)
    staff_accounts.enable(account, by=by)
    with pytest.raises(NotPossible, match="opens nothing"):
        staff_accounts.welcome(token, PASSWORD)
    assert acts(account) == ["invited", "disabled", "enabled"]


def test_the_last_manager_stays(by: Actor) -> None:
    with pytest.raises(NotPossible, match="only manager"):
        staff_accounts.disable(by.user, by=by)
    superuser = Actor.staff(make_staff(is_superuser=True))
    with pytest.raises(NotPossible, match="only manager"):
        staff_accounts.set_roles(by.user, [Role.NURSE], by=superuser)
    make_staff(Role.MANAGER)
    staff_accounts.disable(by.user, by=by)
    assert not User.objects.get(pk=by.user.pk).is_active


def test_no_record_no_act(by: Actor) -> None:
    account = make_staff(Role.NURSE)
    with mock.patch.object(AccountEvent.objects, "create", side_effect=DatabaseError):
        for call in (
            lambda: staff_accounts.disable(account, by=by),
            lambda: staff_accounts.set_roles(account, [Role.EDITOR], by=by),
            lambda: staff_accounts.invite(PERSON, [Role.NURSE], by=by),
        ):
            with pytest.raises(DatabaseError):
                call()
    account.refresh_from_db()
    assert account.is_active
    assert Actor.staff(account).roles == {Role.NURSE}
    assert not User.objects.filter(username="new").exists()


@pytest.mark.parametrize("statement", ["UPDATE {} SET act = 'roles'", "DELETE FROM {}", "TRUNCATE {}"])
def test_the_record_cannot_be_altered(statement: str, by: Actor) -> None:
    staff_accounts.disable(make_staff(Role.NURSE), by=by)
    with pytest.raises(DatabaseError, match="append-only"), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(statement.format("booking_accountevent"))


@pytest.mark.django_db(transaction=True)
def test_two_managers_who_switch_each_other_off_leave_one() -> None:
    one, two = make_staff(Role.MANAGER), make_staff(Role.MANAGER)
    together, outcomes = threading.Barrier(2), []

    def act(by: User, account: User) -> None:
        together.wait()
        try:
            staff_accounts.disable(account, by=Actor.staff(by))
            outcomes.append("off")
        except BookingError as refusal:
            outcomes.append(str(refusal))
        finally:
            connection.close()

    threads = [threading.Thread(target=act, args=pair) for pair in ((one, two), (two, one))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["Your account was switched off.", "off"]
    assert User.objects.filter(groups__name="manager", is_active=True).count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("other", ["new", "New"])
def test_of_two_invitations_at_once_under_one_name_one_reads_a_sentence(other: str) -> None:
    together, outcomes = threading.Barrier(2), []
    managers = [Actor.staff(make_staff(Role.MANAGER)) for _ in range(2)]
    real = User.save

    def slow(self: User, *args: object, **kwargs: object) -> None:
        time.sleep(0.2)
        real(self, *args, **kwargs)

    def act(by: Actor, username: str) -> None:
        together.wait()
        try:
            staff_accounts.invite(PERSON | {"username": username}, [Role.NURSE], by=by)
            outcomes.append("made")
        except BookingError as refusal:
            outcomes.append(str(refusal))
        finally:
            connection.close()

    with mock.patch.object(User, "save", slow):
        threads = [
            threading.Thread(target=act, args=pair) for pair in zip(managers, ("new", other), strict=True)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sorted(outcomes) == ["There is an account with this username. Choose another one.", "made"]
    assert User.objects.filter(username__iexact="new").count() == 1
