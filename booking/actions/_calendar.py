"""A clinician's calendar: which times can be given, and giving one exactly once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from booking.actions._promise import calendar
from booking.models import ConsultationRequest, Visit
from booking.models.visit import TAKES_TIME, VisitState
from booking.rules.errors import TimeNotFree
from treatments.models import Clinician

FIRST_VISIT: Final = timedelta(minutes=60)
FURTHEST: Final = timedelta(days=365)


def check_time(starts_at: datetime, length: timedelta, *, after: timedelta = timedelta(0)) -> None:
    """Raise TimeNotFree for a time that is past or closer than `after`, far off, or outside the hours."""
    now = timezone.now()
    if starts_at <= now:
        raise TimeNotFree(_("That time has passed. Choose a later one."))
    if starts_at < now + after:
        raise TimeNotFree(_("That time is too close to offer. Choose a later one, or call the patient."))
    if starts_at > now + FURTHEST:
        raise TimeNotFree(_("That is more than a year away. Choose an earlier day."))
    hours = calendar()
    if not (hours.is_open(starts_at) and hours.is_open(starts_at + length - timedelta(minutes=1))):
        raise TimeNotFree(_("The clinic is closed then. Choose a time inside its hours."))


def lock_calendars(clinicians: Iterable[Clinician]) -> None:
    """Let nobody else take a time of these clinicians until the transaction ends.

    An exclusion constraint alone can let two transactions wait for each other; locking in the order of
    their ids, nobody does.
    """
    keys = sorted({clinician.pk for clinician in clinicians})
    list(Clinician.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk"))


def take(visit: Visit) -> None:
    """Save a visit that takes time. Raises TimeNotFree when it is taken; the transaction stays usable."""
    try:
        with transaction.atomic():
            visit.save()
    except IntegrityError as error:
        raise TimeNotFree(_("That time is taken. Choose another one.")) from error


def free_times(request: ConsultationRequest, *states: VisitState) -> Visit | None:
    """Give back what the request holds or has booked; return the visit that was booked, if one was."""
    booked = None
    for visit in request.visits.filter(state__in=states or TAKES_TIME):
        booked = visit if visit.state == VisitState.BOOKED else booked
        visit.state = VisitState.CANCELLED
        visit.sequence += 1
        visit.save()
    return booked


def codes_of(visit: Visit) -> dict[str, str | int]:
    """Return what an event keeps of a visit: which one, and at which of its changes."""
    return {"visit": str(visit.pk), "sequence": visit.sequence}
