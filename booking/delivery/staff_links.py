"""The mail with which a member of staff chooses a password. It names neither the clinic nor a role."""

from __future__ import annotations

import logging
from smtplib import SMTPException

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils.translation import gettext as _

logger = logging.getLogger(__name__)


def send_staff_link(account: User, token: str) -> bool:
    """Send the one-time link; return whether a server took the mail."""
    address = settings.SITE_URL + reverse("account_welcome", args=[token])
    lines = (
        _("An account was made ready for you. Choose a password with this link:"),
        address,
        _("The link works once, for three days. If you did not expect this, delete this message."),
    )
    mail = EmailMessage(
        subject=str(_("Your account")),
        body="\n\n".join(str(line) for line in lines) + "\n",
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[account.email],
    )
    try:
        return bool(mail.send())
    except (OSError, SMTPException) as error:
        # An SMTP error repeats the address: its kind is enough.
        logger.error("a staff link was not sent: %s", type(error).__name__)
        return False
