"""Mail about staff accounts: the one-time link, and what was changed. None names the clinic or a role."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils.translation import gettext as _

from booking.actions import staff_accounts
from booking.actions.staff_details import told_at
from booking.models import AccountEvent, Invitation


def send_staff_link(account_id: int) -> None:
    """Make the one-time link of an account that waits for it, and mail it.

    The link is committed before the mail begins: however slow the server, what it delivers opens. Raises what
    the mail server raises; no link is left then, and the job is tried again.
    """
    made = staff_accounts.make_link(account_id)
    if made is None:
        return
    account, token = made
    lines = (
        _("An account was made ready for you. Choose a password with this link:"),
        settings.SITE_URL + reverse("account_welcome", args=[token]),
        _("The link works once, for three days. If you did not expect this, delete this message."),
    )
    try:
        _send(account.email, _("Your account"), lines)
    except Exception:
        Invitation.objects.by_token(token).delete()
        raise


def tell_of_change(event_id: int, where: str) -> None:
    """Mail that a name or address changed, to where that was or is. Raises what the server raises."""
    event = AccountEvent.objects.select_related("account").get(pk=event_id)
    to = told_at(event, where)
    if not to:
        return
    what = (
        _("The email address of your account was changed. Mail about it goes to the new address from now on.")
        if "email" in event.codes["fields"]
        else _("The name on your account was changed.")
    )
    lines = (what, _("If you did not expect this, tell the person who looks after the accounts."))
    _send(to, _("Your account was changed"), lines)


def _send(to: str, subject: str, lines: tuple[str, ...]) -> None:
    EmailMessage(
        subject=subject,
        body="\n\n".join(lines) + "\n",
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[to],
        headers={"Auto-Submitted": "auto-generated"},
    ).send()
