"""The mail with which a member of staff chooses a password. It names neither the clinic nor a role."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from booking.actions import staff_accounts


@transaction.atomic
def send_staff_link(account_id: int) -> None:
    """Make the one-time link of an account that waits for it, and mail it.

    Raises what the mail server raises; no link is left then, and the job is tried again.
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
    EmailMessage(
        subject=_("Your account"),
        body="\n\n".join(lines) + "\n",
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[account.email],
        headers={"Auto-Submitted": "auto-generated"},
    ).send()
