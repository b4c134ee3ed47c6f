"""Messages as e-mail: neutral words, the reference, what happens next, whom to call.

No name, no health information, and not the clinic's name: its kind of care would tell something about
whoever gets the mail (45 CFR 164.312(e); e-mail may travel unencrypted).
"""

from __future__ import annotations

import re
from email.utils import parseaddr
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.core.validators import validate_email
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from booking.actions._promise import calendar
from booking.delivery.words import ONWARD, SUBJECTS, WHY_CLOSED
from booking.models import Message
from booking.rules.notices import TO_STAFF, Notice
from treatments.clinic import clinic_facts

TELLS_A_TIME = frozenset({Notice.VISIT_AGREED, Notice.VISIT_MOVED})


class CannotBeSent(Exception):
    """This message will never go out; `code` says why, without an address."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def as_email(message: Message) -> EmailMultiAlternatives:
    """Return the message as an e-mail of text and HTML, in its own language and the clinic's time zone.

    Its Message-ID is the same at every try, so that a mail that came twice can be known as one.
    Raises CannotBeSent, or SealBroken when the person's document does not open.
    """
    notice = Notice(message.notice)
    recipient = address_of(message)
    with override(message.language), timezone.override(ZoneInfo(calendar().zone)):
        paragraphs = _paragraphs(message, notice)
        subject = str(SUBJECTS[notice])
        html = render_to_string(
            "booking/messages/mail.html",
            {"paragraphs": paragraphs, "subject": subject, "language": message.language},
        )
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    mail = EmailMultiAlternatives(
        subject=subject,
        body="\n\n".join(paragraphs) + "\n",
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[recipient],
        # RFC 3834: no out-of-office answers to this.
        headers={"Message-ID": f"<{message.pk}@{domain}>", "Auto-Submitted": "auto-generated"},
    )
    mail.attach_alternative(html, "text/html")
    _check_headers(mail)
    return mail


def address_of(message: Message) -> str:
    """Return where the message goes now. Raises CannotBeSent without a usable address."""
    if message.notice in TO_STAFF:
        return settings.STAFF_EMAIL
    address = message.request.person.email
    if not address:
        raise CannotBeSent("no-address")
    try:
        validate_email(address)
    except ValidationError:
        # Not chained: the cause holds the address.
        raise CannotBeSent("bad-address") from None
    return address


def _check_headers(mail: EmailMultiAlternatives) -> None:
    try:
        mail.message()
    except ValueError:
        # An address that passed the validator and still cannot be written, such as an endless domain.
        raise CannotBeSent("bad-address") from None


def _paragraphs(message: Message, notice: Notice) -> list[str]:
    text = render_to_string(f"booking/messages/{notice.value}.txt", _context(message, notice))
    return [" ".join(block.split()) for block in re.split(r"\n\s*\n", text) if block.strip()]


def _context(message: Message, notice: Notice) -> dict[str, Any]:
    request, facts = message.request, clinic_facts()
    reason = message.event.codes.get("reason", "")
    context = {
        "reference": request.shown_reference,
        "reply_by": request.reply_by,
        "phone": facts.phone_display if facts else "",
        "onward": ONWARD.get(reason, ""),
        "why_closed": WHY_CLOSED.get(reason, ""),
    }
    if notice in TO_STAFF:
        path = reverse("admin:booking_consultationrequest_change", args=[request.pk])
        return {**context, "link": f"{settings.SITE_URL}{path}"}
    if notice not in TELLS_A_TIME:
        return context
    if request.visit is None:
        # Cancelled since: telling the old time would send somebody on a useless way.
        raise CannotBeSent("overtaken")
    return {**context, "starts_at": request.visit.starts_at}
