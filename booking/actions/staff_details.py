"""Name and address of a staff account: changed by a manager, told to the person, on record."""

from __future__ import annotations

from base64 import b64decode, b64encode
from typing import Final

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from booking.actions._actor import Actor
from booking.actions.staff_accounts import lock_account, queue_link, write_account_event
from booking.models.account import AccountAct, AccountEvent, Invitation
from booking.models.sealed import seal, unseal
from booking.rules.errors import NotAllowed, NotPossible

DETAILS: Final = ("first_name", "last_name", "email")
BEFORE, NOW = "before", "now"


@transaction.atomic
def change_details(account: User, person: dict[str, str], *, by: Actor) -> None:
    """Change somebody's name or address: `person` holds DETAILS.

    They are told, at both addresses where that one changed. A link that was not used yet goes to the new one,
    and the one in the old mailbox opens nothing. Sessions stay: an address lets nobody in by itself.

    Raises NotAllowed, or NotPossible where nothing changes.
    """
    locked, manager = lock_account(account, by)
    if locked == manager:
        raise NotAllowed(_("Nobody changes their own name or address. Ask another manager."))
    changed = [name for name in DETAILS if getattr(locked, name) != person[name]]
    if not changed:
        raise NotPossible(_("This is the name and the address already."))
    before = locked.email if "email" in changed else ""
    for name in changed:
        setattr(locked, name, person[name])
    locked.save(update_fields=changed)
    sealed = {"email": _sealed(locked, before)} if before else {}
    event = write_account_event(locked, AccountAct.DETAILS, manager, fields=changed, **sealed)
    if "email" in changed:
        _lead_link_there(locked)
    for where in (BEFORE, NOW) if before else (NOW,):
        app.configure_task("booking.tell_staff").defer(event_id=event.pk, where=where)


def told_at(event: AccountEvent, where: str) -> str:
    """Return the address that a change is told at: as it was BEFORE, or is NOW. Raises SealBroken."""
    if where == NOW:
        return event.account.email
    return unseal(b64decode(event.codes["email"]), _place(event.account)).decode()


def _lead_link_there(account: User) -> None:
    if Invitation.objects.filter(account=account).delete()[0]:
        queue_link(account)


def _sealed(account: User, address: str) -> str:
    # For the mail that goes there, and for whoever must find out later; a record for ever holds no address.
    return b64encode(seal(address.encode(), _place(account))).decode()


def _place(account: User) -> str:
    return f"booking_accountevent:{account.pk}:email"
