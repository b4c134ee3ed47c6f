"""The call that staff planned, in words."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from booking.admin.base.words import moment_words
from booking.models import ConsultationRequest
from booking.rules.statuses import OPEN


def call_back_due(consultation: ConsultationRequest, now: datetime) -> bool:
    """Return whether the patient is to be called again by now."""
    return (
        consultation.call_back_at is not None
        and consultation.call_back_at <= now
        and consultation.status in OPEN
    )


def call_back_words(consultation: ConsultationRequest, now: datetime) -> str:
    """Return "Call back since 2 p.m.", or "Call back today, 2 p.m." while it is to come; "" for neither."""
    at = consultation.call_back_at
    if at is None or consultation.status not in OPEN:
        return ""
    local, today = timezone.localtime(at), timezone.localtime(now).date()
    clock = time_format(local, "P")
    if at <= now:
        since = clock if local.date() == today else moment_words(at, now)
        return _("Call back since %(when)s") % {"when": since}
    if local.date() == today:
        return _("Call back today, %(time)s") % {"time": clock}
    return _("Call back %(when)s") % {"when": moment_words(at, now)}


def call_again_words(planned: str) -> str:
    """Return what the history adds to a call: ". Call back Nov 30, 2 p.m."; "" without a next call."""
    if not planned:
        return ""
    local = timezone.localtime(datetime.fromisoformat(planned))
    when = f"{date_format(local, 'M j')}, {time_format(local, 'P')}"
    return _(". Call back %(when)s") % {"when": when}
