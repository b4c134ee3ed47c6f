"""The weekly mail to staff: how many pages are due for review, and where the list is. No page is named."""

from __future__ import annotations

from collections import Counter

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from treatments.due import Due, State, pages_due


def send_pages_due() -> bool:
    """Mail STAFF_EMAIL when pages are due, and return whether there was anything to say.

    Raises OSError or smtplib.SMTPException when the mail server does not take it.
    """
    due = pages_due()
    if not due:
        return False
    with override("en"):
        _mail(due).send()
    return True


def _mail(due: list[Due]) -> EmailMultiAlternatives:
    counts = Counter(one.state for one in due)
    subject = _("Pages due for review")
    context = {
        "subject": subject,
        "counts": [(state.label, counts[state]) for state in State if counts[state]],
        "link": f"{settings.SITE_URL}{reverse('admin:treatments_page_due')}",
    }
    mail = EmailMultiAlternatives(
        subject=subject,
        body=render_to_string("treatments/mail/pages_due.txt", context),
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[settings.STAFF_EMAIL],
        # RFC 3834: no out-of-office answers to this.
        headers={"Auto-Submitted": "auto-generated"},
    )
    mail.attach_alternative(render_to_string("treatments/mail/pages_due.html", context), "text/html")
    return mail
