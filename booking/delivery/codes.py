"""The code that shows that an e-mail address is the sender's own; a lost one is asked for again."""

from __future__ import annotations

import re
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext, override

from booking.actions import make_code
from booking.hours.clinic import calendar
from booking.models import Draft
from treatments.clinic.clinic import clinic_facts


def send_code(draft_id: str) -> None:
    """Make a new code for a living, unsent draft and mail it. Raises what the mail server raises."""
    draft = Draft.objects.alive().filter(pk=draft_id, request=None).first()
    address = draft.steps.get("you", {}).get("email", "") if draft else ""
    if draft and address:
        _mail(draft.language, address, make_code(draft)).send()


def _mail(language: str, address: str, code: str) -> EmailMultiAlternatives:
    facts = clinic_facts()
    with override(language), timezone.override(ZoneInfo(calendar().zone)):
        text = render_to_string(
            "booking/messages/code.txt", {"code": code, "phone": facts.phone_display if facts else ""}
        )
        paragraphs = [" ".join(block.split()) for block in re.split(r"\n\s*\n", text) if block.strip()]
        subject = gettext("Your code")
        html = render_to_string(
            "booking/messages/mail.html", {"paragraphs": paragraphs, "subject": subject, "language": language}
        )
    headers = {"Auto-Submitted": "auto-generated"}
    body = "\n\n".join(paragraphs) + "\n"
    mail = EmailMultiAlternatives(subject, body, settings.DEFAULT_FROM_EMAIL, [address], headers=headers)
    mail.attach_alternative(html, "text/html")
    return mail
