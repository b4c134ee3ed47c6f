"""A clinician's visits as a calendar that their own program subscribes to (RFC 5545, RFC 7986).

Initials and reference only: such a calendar is read on telephones, and shared with a family. Times are in
UTC, which every program shows in its own zone. The same visits make the same bytes: each is stamped with when
it was last changed, not with when it was asked for.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from email.utils import parseaddr
from typing import Final

from django.conf import settings
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from booking.delivery.invitation import PRODUCT, in_words, status_of
from booking.models import Event as Entry
from booking.models import Visit
from booking.models.sealed import SealBroken
from booking.models.visit import VisitQuerySet, VisitState
from treatments.models import Clinician

SHOWN_BACK: Final = timedelta(days=30)
SHOWN_AHEAD: Final = timedelta(days=400)
ASK_AGAIN: Final = timedelta(minutes=15)
# Raise it when the same visits make other bytes: a program that compares would keep what it has.
FORMAT: Final = 2


def visits_shown(clinician: Clinician) -> VisitQuerySet:
    """Return the visits of a feed: held and agreed ones, and agreed ones that were cancelled."""
    now = timezone.now()
    # An offer that was not chosen kept the end of its hold; nobody has to hear that it is off.
    never_agreed = Q(state=VisitState.CANCELLED, held_until__isnull=False)
    mine = Visit.objects.filter(clinician=clinician).exclude(never_agreed)
    return mine.between(now - SHOWN_BACK, now + SHOWN_AHEAD).order_by("starts_at", "id")


def fingerprint(clinician: Clinician) -> str:
    """Return what changes whenever the feed does; one query, and nothing is unsealed."""
    rows = visits_shown(clinician).values_list(
        "id", "sequence", "state", "starts_at", "ends_at", "request__version"
    )
    return hashlib.sha256(repr([FORMAT, clinician.pk, *rows]).encode()).hexdigest()


def clinician_calendar(clinician: Clinician) -> bytes:
    """Return the calendar in UTF-8 with CRLF line ends."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    name = _("Visits: %(clinician)s") % {"clinician": clinician}
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", ASK_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT15M")
    changes = Entry.objects.filter(request=OuterRef("request")).order_by("-at")
    shown = visits_shown(clinician).annotate(changed_at=Subquery(changes.values("at")[:1]))
    for visit in shown.select_related("request").defer("request__sealed_answers"):
        calendar.add_component(_event(visit, visit.changed_at))  # type: ignore[attr-defined]  # annotated above
    return bytes(calendar.to_ical())


def who(visit: Visit) -> str:
    """Return the initials of whom a visit is for, or "" when their document does not open."""
    try:
        return visit.request.person.initials
    except SealBroken:
        # One document that does not open must not hide the other visits.
        return ""


def _event(visit: Visit, changed_at: datetime) -> Event:
    """Return one visit. RFC 5545, 3.8.7.2: without a METHOD, DTSTAMP is when it was last changed."""
    event, stamp = Event(), changed_at.astimezone(UTC).replace(microsecond=0)
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    # Not the UID of the patient's own file: the two are different calendars of the same hour.
    event.add("uid", f"clinician-{visit.pk}@{domain}")
    event.add("sequence", visit.sequence)
    event.add("dtstamp", stamp)
    event.add("last-modified", stamp)
    event.add("dtstart", visit.starts_at.astimezone(UTC))
    event.add("dtend", visit.ends_at.astimezone(UTC))
    event.add("summary", _summary(visit))
    event.add("status", status_of(visit))
    # A visit that is off takes no time of the clinician's, whatever a program makes of its status.
    event.add("transp", "TRANSPARENT" if visit.state == VisitState.CANCELLED else "OPAQUE")
    event.add("class", "PRIVATE")
    return event


def _summary(visit: Visit) -> str:
    return in_words(visit, " ".join(filter(None, [who(visit), visit.request.shown_reference])))
