"""Visits as calendar files (RFC 5545), and as invitations that update and cancel themselves (RFC 5546).

A visit keeps its UID for life; SEQUENCE grows with each change, so that a calendar follows it and never goes
back. Times are in UTC: every calendar shows them in its own zone, whatever its daylight-saving days are.
Nothing in it names a person, a place or a kind of care: other people may see somebody's calendar.
"""

from __future__ import annotations

from datetime import UTC
from email.utils import parseaddr
from enum import StrEnum
from typing import Final

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from icalendar import Calendar, Event, vCalAddress, vText

from booking.models import Visit
from booking.models.visit import VisitState
from treatments.clinic.clinic import clinic_facts

PRODUCT: Final = "-//Appointments//Calendar//EN"
FILE_NAME: Final = "visit.ics"
# RFC 5545, 3.8.1.11; any other state is CONFIRMED.
STATUS: Final = {VisitState.HELD: "TENTATIVE", VisitState.CANCELLED: "CANCELLED"}


class Method(StrEnum):
    """What a calendar is to do with the file."""

    PUBLISH = "PUBLISH"
    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


def visit_file(visit: Visit, language: str) -> bytes:
    """Return the file that patients download: the visit as it stands, cancelled or not."""
    return calendar_file(visit, Method.PUBLISH, language)


def invitation(visit: Visit, language: str, *, to: str) -> tuple[bytes, Method]:
    """Return what goes out by e-mail to an address: the visit's time, or that it is cancelled."""
    method = Method.CANCEL if visit.state == VisitState.CANCELLED else Method.REQUEST
    return calendar_file(visit, method, language, to=to), method


def calendar_file(visit: Visit, method: Method, language: str, *, to: str = "") -> bytes:
    """Return a calendar with this one visit, in UTF-8 with CRLF line ends."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", method.value)
    with override(language):
        event = _event(visit)
    if to:
        event.add("organizer", _address(parseaddr(settings.DEFAULT_FROM_EMAIL)[1]))
        event.add("attendee", _attendee(to))
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _event(visit: Visit) -> Event:
    event = Event()
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    event.add("uid", f"{visit.pk}@{domain}")
    event.add("sequence", visit.sequence)
    event.add("dtstamp", timezone.now().astimezone(UTC).replace(microsecond=0))
    event.add("dtstart", visit.starts_at.astimezone(UTC))
    event.add("dtend", visit.ends_at.astimezone(UTC))
    event.add("summary", in_words(visit, _("Appointment")))
    event.add("description", _description(visit))
    event.add("status", status_of(visit))
    event.add("class", "PRIVATE")
    return event


def status_of(visit: Visit) -> str:
    """Return the STATUS of a visit in a calendar."""
    return STATUS.get(VisitState(visit.state), "CONFIRMED")


def in_words(visit: Visit, title: str) -> str:
    """Return a title that says what STATUS says: many calendars show a title and no status."""
    if visit.state == VisitState.HELD:
        return _("Held: %(title)s") % {"title": title}
    if visit.state == VisitState.CANCELLED:
        return _("Cancelled: %(title)s") % {"title": title}
    return title


def _description(visit: Visit) -> str:
    facts = clinic_facts()
    words = {"reference": visit.request.shown_reference, "phone": facts.phone_display if facts else ""}
    if words["phone"]:
        return _("Reference %(reference)s. Questions? Call %(phone)s.") % words
    return _("Reference %(reference)s.") % words


def _address(address: str) -> vCalAddress:
    return vCalAddress(f"mailto:{address}")


def _attendee(address: str) -> vCalAddress:
    attendee = _address(address)
    # Agreed already: nobody is asked to answer.
    attendee.params["PARTSTAT"] = vText("ACCEPTED")
    attendee.params["RSVP"] = vText("FALSE")
    return attendee
