"""Messages as e-mail: neutral words, the reference, what happens next, whom to call.

No name, no health information, and not the clinic's name: its kind of care would tell something about
whoever gets the mail (45 CFR 164.312(e); e-mail may travel unencrypted).
"""

from __future__ import annotations

import re
from email.utils import parseaddr
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.core.validators import validate_email
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override

from booking.delivery.contents import announced, context
from booking.delivery.failures import CannotBeSent
from booking.delivery.invitation import FILE_NAME, invitation
from booking.delivery.words import SUBJECTS
from booking.hours.clinic import calendar
from booking.models import Message
from booking.rules.contact_permission import may_email
from booking.rules.notices import TO_STAFF, Notice


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
    _attach_invitation(mail, message, recipient)
    _check_headers(mail)
    return mail


def address_of(message: Message) -> str:
    """Return where the message goes now. Raises CannotBeSent without a usable address."""
    if message.notice in TO_STAFF:
        return settings.STAFF_EMAIL
    person = message.request.person
    if not may_email(person):
        raise CannotBeSent("no-e-mail" if person.email else "no-address")
    address = person.email
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
    text = render_to_string(f"booking/messages/{notice.value}.txt", context(message, notice))
    return [" ".join(block.split()) for block in re.split(r"\n\s*\n", text) if block.strip()]


def _attach_invitation(mail: EmailMultiAlternatives, message: Message, address: str) -> None:
    visit = announced(message)
    if visit is None:
        return
    file, method = invitation(visit, message.language, to=address)
    # The part that calendars act upon, and the same as a file for whoever opens it by hand.
    mail.attach_alternative(file.decode(), f"text/calendar; method={method}")
    mail.attach(FILE_NAME, file.decode(), f"text/calendar; method={method}")
