"""What an open request page asks by itself: what happened to the request since, and who else opened it.

What goes on record: an answer without a change tells nothing of the patient and is no look. It would fill
the record with rows that nobody asked for, and make an open window seem a reader. An answer that tells of a
change is a look of its own kind, written before it is given, once a change: a page asks with the version that
it was told of. It does not count as somebody who has the request open.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final, cast

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from booking.admin.base.access import record
from booking.admin.base.words import moment_words, staff_name
from booking.admin.consultation.live_update_words import did_words
from booking.models import AccessLog, ConsultationRequest
from booking.models.access import Look

JUST_NOW: Final = timedelta(minutes=10)


@require_safe
def live_updates(request: HttpRequest, consultation: ConsultationRequest) -> HttpResponse:
    """Answer a script with the version of the request, what happened since its own, and who else looks."""
    now, seen = timezone.now(), _version(request.GET.get("version", ""))
    changes = consultation.version - seen if seen else 0
    words = ""
    if changes > 0:
        record(request, Look.TOLD, consultation)
        words = _told(consultation, changes, cast("User", request.user), now)
    looks = opened_lately(consultation, cast("User", request.user), now).select_related("user").order_by("at")
    return JsonResponse({"version": consultation.version, "words": words, "others": also_opened(looks, now)})


def opened_lately(consultation: ConsultationRequest, me: User, now: datetime) -> QuerySet[AccessLog]:
    """Return the looks of others who opened a request just now."""
    return consultation.looks.filter(look=Look.VIEW, at__gt=now - JUST_NOW).exclude(user=me.pk)


def also_opened(looks: Iterable[AccessLog], now: datetime) -> list[str]:
    """Return who else opened a request and when last; `looks` in order, their users loaded."""
    latest = {staff_name(look.user): look.at for look in looks}
    return [
        _("Also opened: %(who)s, %(when)s") % {"who": who, "when": moment_words(at, now)}
        for who, at in latest.items()
    ]


def _told(consultation: ConsultationRequest, changes: int, me: User, now: datetime) -> str:
    latest = consultation.events.select_related("user").first()
    if latest is None:
        return _("This request has changed.")
    words, before = did_words(latest, me, now), changes - 1
    if not before:
        return words
    return words + " " + ngettext("%(n)d change before that.", "%(n)d changes before that.", before) % {
        "n": before
    }  # fmt: skip


def _version(typed: str) -> int:
    """Return the version that a page shows; 0 for what no page of ours asks."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0
