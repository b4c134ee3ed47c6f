"""Mail to staff about what is to be signed. No page is named, and nothing tells what kind of clinic it is.

Weekly: how many pages are due for review. At once, and once a change: that a part of the site is shut.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from treatments.editorial.gates import MissingSignature, missing_signatures
from treatments.editorial.reviews_due import Due, State, pages_due
from treatments.models import SentReminder


def send_pages_due() -> bool:
    """Mail STAFF_EMAIL when pages are due, and return whether there was anything to say.

    Raises OSError or smtplib.SMTPException when the mail server does not take it.
    """
    due = pages_due()
    if not due:
        return False
    with override("en"):
        _mail_of_pages(due).send()
    return True


def send_missing_signatures() -> bool:
    """Mail STAFF_EMAIL when a part of the site came to be shut since the last mail; return whether it did.

    What was signed meanwhile is noted without a mail. Raises OSError or smtplib.SMTPException when the mail
    server does not take it; the next try tells the same.
    """
    if settings.DEMO:
        return False
    missing = [one for one in missing_signatures() if one.is_news]
    names = sorted(one.name for one in missing)
    last = SentReminder.objects.first()
    told = last.missing if last else []
    if names == told:
        return False
    is_new = bool(set(names) - set(told))
    if is_new:
        with override("en"):
            _mail_of_missing(missing).send()
    # After the mail: one that did not go out must be tried again.
    SentReminder.objects.create(missing=names)
    return is_new


def _mail_of_missing(missing: list[MissingSignature]) -> EmailMultiAlternatives:
    pages = sum(not one.gate.is_form for one in missing)
    parts = [
        capfirst(str(label)) for label in dict.fromkeys(one.gate.label for one in missing if one.gate.is_form)
    ]
    if pages:
        parts.append(ngettext("%(n)d page", "%(n)d pages", pages) % {"n": pages})
    subject = _("A part of the website is shut until it is signed")
    link = f"{settings.SITE_URL}{reverse('admin:treatments_signoff_add')}"
    return _mail("missing_signatures", {"subject": subject, "parts": parts, "link": link})


def _mail_of_pages(due: list[Due]) -> EmailMultiAlternatives:
    counts = Counter(one.state for one in due)
    return _mail(
        "pages_due",
        {
            "subject": _("Pages due for review"),
            "counts": [(state.label, counts[state]) for state in State if counts[state]],
            "link": f"{settings.SITE_URL}{reverse('admin:treatments_page_due')}",
        },
    )


def _mail(template: str, context: dict[str, Any]) -> EmailMultiAlternatives:
    mail = EmailMultiAlternatives(
        subject=context["subject"],
        body=render_to_string(f"treatments/editorial/mail/{template}.txt", context),
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[settings.STAFF_EMAIL],
        # RFC 3834: no out-of-office answers to this.
        headers={"Auto-Submitted": "auto-generated"},
    )
    mail.attach_alternative(
        render_to_string(f"treatments/editorial/mail/{template}.html", context), "text/html"
    )
    return mail
