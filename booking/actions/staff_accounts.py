"""Staff accounts: invite, choose roles, reset, switch off and on. Act and record are one transaction.

Nobody acts on their own roles, a superuser's account is for superusers, and one manager always stays.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import Group, User
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from booking.actions._actor import Actor
from booking.actions.feeds import end_feeds
from booking.models.account import AccountAct, AccountEvent, Invitation
from booking.rules.errors import NotAllowed, NotPossible
from booking.rules.roles import MANAGE_ACCOUNTS, STAFF, Role

INVITING: Final = 0x494E5649  # the name of the lock that invitations take


@transaction.atomic
def invite(person: dict[str, str], roles: Iterable[Role], *, by: Actor) -> User:
    """Make an account without a password; its one-time link goes by mail.

    `person`: username, first_name, last_name, email. Raises NotAllowed, or NotPossible for a name in use.
    """
    manager = _manager(by)
    _one_at_a_time()
    if User.objects.filter(username__iexact=person["username"]).exists():
        raise NotPossible(_("There is an account with this username. Choose another one."))
    account = User(is_staff=True, **person)
    account.set_unusable_password()
    account.save()
    _set_groups(account, roles)
    write_account_event(account, AccountAct.INVITED, manager, roles=sorted(roles))
    queue_link(account)
    return account


@transaction.atomic
def set_roles(account: User, roles: Iterable[Role], *, by: Actor) -> None:
    """Give an account these roles and no others. Raises NotAllowed or NotPossible."""
    locked, manager = lock_account(account, by)
    if locked == manager:
        raise NotAllowed(_("Nobody changes their own roles. Ask another manager."))
    before, after = _roles_of(locked), sorted(roles)
    if before == after:
        raise NotPossible(_("These are the roles already."))
    if Role.MANAGER not in after:
        _keep_a_manager(locked)
    _set_groups(locked, roles)
    end_feeds(locked, after, by=manager)
    write_account_event(locked, AccountAct.ROLES, manager, before=before, after=after)


@transaction.atomic
def reset_sign_in(account: User, *, by: Actor) -> None:
    """Take password, second factor and sessions away; a new one-time link goes by mail."""
    locked, manager = lock_account(account, by)
    if locked == manager:
        raise NotAllowed(_("You change your own sign-in under your name, at the top."))
    if not locked.is_active:
        raise NotPossible(_("This account is switched off. Switch it on first."))
    if not locked.email:
        raise NotPossible(_("This account has no email address that a link could go to."))
    locked.set_unusable_password()
    locked.save(update_fields=["password"])
    Authenticator.objects.filter(user=locked).delete()
    _end_sessions(locked)
    write_account_event(locked, AccountAct.RESET, manager)
    Invitation.objects.filter(account=locked).delete()
    queue_link(locked)


@transaction.atomic
def disable(account: User, *, by: Actor) -> None:
    """Switch an account off: sessions end, its link and feeds open nothing, the history keeps its name."""
    locked, manager = lock_account(account, by)
    if not locked.is_active:
        raise NotPossible(_("This account is switched off already."))
    _keep_a_manager(locked)
    locked.is_active = False
    locked.save(update_fields=["is_active"])
    Invitation.objects.filter(account=locked).delete()
    _end_sessions(locked)
    end_feeds(locked, (), by=manager)
    write_account_event(locked, AccountAct.DISABLED, manager)


@transaction.atomic
def enable(account: User, *, by: Actor) -> None:
    """Switch an account on again, as it was. Raises NotAllowed or NotPossible."""
    locked, manager = lock_account(account, by)
    if locked.is_active:
        raise NotPossible(_("This account is switched on already."))
    locked.is_active = True
    locked.save(update_fields=["is_active"])
    write_account_event(locked, AccountAct.ENABLED, manager)


def record_sign_in(account: User, *, refused: bool = False) -> None:
    """Write down that somebody signed in, or that somebody tried to under their name.

    45 CFR 164.308(a)(5)(ii)(C), log-in monitoring. A name that no account has is not kept: it may be a
    password in the wrong field.
    """
    write_account_event(account, AccountAct.REFUSED if refused else AccountAct.SIGNED_IN, account)


def make_link(account_id: int) -> tuple[User, str] | None:
    """Return an account that waits for its password, with the token of a new link; None for others."""
    account = User.objects.filter(pk=account_id, is_staff=True, is_active=True).first()
    if account is None or account.has_usable_password():
        return None
    return account, Invitation.begin(account.pk)[1]


@transaction.atomic
def welcome(token: str, password: str) -> User:
    """Set the password of whoever holds the link; the link is gone then. Raises NotPossible."""
    invitation = Invitation.objects.by_token(token).select_for_update().first()
    if invitation is None:
        raise NotPossible(_("This link opens nothing any more."))
    account = invitation.account
    account.set_password(password)
    account.save(update_fields=["password"])
    invitation.delete()
    write_account_event(account, AccountAct.WELCOMED, account)
    return account


def _one_at_a_time() -> None:
    """Let invitations follow each other: Django's table tells "anna" from "Anna", and we must not."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [INVITING])


def _manager(by: Actor) -> User:
    if by.user is None or not by.roles & MANAGE_ACCOUNTS:
        raise NotAllowed(_("Only managers look after staff accounts."))
    return by.user


def lock_account(account: User, by: Actor) -> tuple[User, User]:
    """Return an account to act on, locked, and the manager who acts. Raises NotAllowed."""
    manager = _manager(by)
    # The managers first, in one order: two who act on each other wait here instead of for each other.
    list(_managers().order_by("pk").select_for_update(of=("self",)))
    locked = User.objects.select_for_update().get(pk=account.pk, is_staff=True)
    if not User.objects.filter(pk=manager.pk, is_active=True).exists():
        raise NotAllowed(_("Your account was switched off."))
    if locked.is_superuser and not manager.is_superuser:
        raise NotAllowed(_("This account looks after the installation. A manager cannot change it."))
    return locked, manager


def _managers() -> QuerySet[User]:
    return User.objects.filter(groups__name=Role.MANAGER.value, is_active=True, is_staff=True)


def _keep_a_manager(without: User) -> None:
    if set(_managers().values_list("pk", flat=True)) == {without.pk}:
        raise NotPossible(_("This is the only manager. Make somebody else a manager first."))


def _roles_of(account: User) -> list[str]:
    return sorted(account.groups.values_list("name", flat=True))


def _set_groups(account: User, roles: Iterable[Role]) -> None:
    account.groups.set(Group.objects.filter(name__in=[role.value for role in STAFF.intersection(roles)]))


def _end_sessions(account: User) -> None:
    for session in UserSession.objects.filter(user=account):
        session.end()


def queue_link(account: User) -> None:
    """Let a new one-time link go out, in place of an earlier one."""
    # By name and without the token: it is made when the mail is.
    app.configure_task("booking.send_staff_link").defer(account_id=account.pk)


def write_account_event(account: User, act: AccountAct, user: User, **codes: Any) -> AccountEvent:
    """Write down what was done with an account; `codes` hold no value in the clear."""
    return AccountEvent.objects.create(account=account, act=act, user=user, codes=codes)
