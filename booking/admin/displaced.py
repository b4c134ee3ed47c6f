"""Visits that cannot stay where they are: the clinic closed, the clinician is away, or works no more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Self
from uuid import UUID

from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.dispatch import receiver
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import ngettext
from procrastinate.contrib.django import app

from booking.actions._schedule import Plan, plans
from booking.admin.door import sees_requests
from booking.models import Visit
from booking.models.visit import VisitQuerySet
from booking.rules.free_times import Span
from treatments.models import Clinician
from treatments.signals import clinic_saved

COLUMNS: Final = ("pk", "clinician_id", "starts_at", "ends_at")


@dataclass(frozen=True, order=True)
class Coming:
    """A visit to come: when, of which clinician, and its key."""

    span: Span
    clinician_id: int
    pk: UUID

    @classmethod
    def read(cls, row: Mapping[str, Any]) -> Self:
        """Return a row of COLUMNS that came as JSON."""
        start, end = (datetime.fromisoformat(row[name]) for name in ("starts_at", "ends_at"))
        return cls(Span(start, end), row["clinician_id"], UUID(row["pk"]))


def coming(now: datetime) -> VisitQuerySet:
    """Return the visits to come, held and booked."""
    return Visit.objects.taking_time().filter(starts_at__gt=now).order_by()


def lost(visits: Iterable[Coming], known: Mapping[int, Plan]) -> list[Coming]:
    """Return those of the visits to come that lie where nobody works, the soonest first."""
    return sorted(one for one in visits if not known[one.clinician_id].schedule.works(one.span))


def displaced(now: datetime) -> list[Coming]:
    """Return the visits to come that must be moved, the soonest first."""
    rows = coming(now).values_list(*COLUMNS)
    # Read first: a clinician who gets a first visit in this moment has a plan then, too.
    visits = [Coming(Span(start, end), clinician, pk) for pk, clinician, start, end in rows]
    known = plans(Clinician.objects.filter(Exists(coming(now).filter(clinician=OuterRef("pk")))))
    return lost((one for one in visits if one.clinician_id in known), known)


@receiver(clinic_saved)
def after_the_clinic_changed(sender: type, http: HttpRequest, **kwargs: object) -> None:
    """Have the promises worked out anew, and name the visits that lie in a closure now."""
    app.configure_task("booking.move_promises").defer()
    warn_of_displaced(http)


def warn_of_displaced(http: HttpRequest) -> None:
    """Tell whoever changed hours, closures or absences how many visits must be moved now."""
    count = len(displaced(timezone.now()))
    if not count:
        return
    text = ngettext(
        "%(n)d visit lies where nobody works any more. It must be moved.",
        "%(n)d visits lie where nobody works any more. They must be moved.",
        count,
    ) % {"n": count}
    if sees_requests(http):
        address = reverse("admin:booking_visit_displaced")
        text = format_html('{} <a href="{}">{}</a>', text, address, ngettext("Show it", "Show them", count))
    messages.warning(http, text)
