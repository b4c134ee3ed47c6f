"""A clinician's calendar: which times can be given, and giving one exactly once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.db import IntegrityError, OperationalError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from psycopg.errors import LockNotAvailable

from booking.hours.clinicians import kept, kind_for, schedule_of
from booking.models import ConsultationRequest, FreedTime, Visit, VisitType
from booking.models.visit import TAKES_TIME, VisitState
from booking.rules.errors import TimeNotFree
from booking.rules.free_times import Span
from treatments.models import Clinician

FURTHEST: Final = timedelta(days=365)


def check_time(clinician: Clinician, time: Span, *, after: timedelta = timedelta(0)) -> None:
    """Raise TimeNotFree for a time that is past or closer than `after`, far off, or not worked."""
    now = timezone.now()
    if time.starts_at <= now:
        raise TimeNotFree(_("That time has passed. Choose a later one."))
    if time.starts_at < now + after:
        raise TimeNotFree(_("That time is too close to offer. Choose a later one, or call the patient."))
    if time.starts_at > now + FURTHEST:
        raise TimeNotFree(_("That is more than a year away. Choose an earlier day."))
    schedule = schedule_of(clinician)
    if not schedule.takes_visits:
        raise TimeNotFree(_("This clinician cannot be booked any more."))
    if not schedule.in_hours(time):
        day = time.starts_at.astimezone(ZoneInfo(schedule.clock.zone)).date()
        raise TimeNotFree(
            _("The clinic is closed then. Choose a time inside its hours.")
            if schedule.weekly is None or schedule.clock.is_closed(day)
            else _("The clinician does not see patients then. Choose a time inside their hours.")
        )
    if schedule.is_away(time):
        raise TimeNotFree(_("The clinician is away then. Choose another time."))
    here = Visit.objects.filter(clinician=clinician, state=VisitState.SEEN)
    if here.between(time.starts_at, time.ends_at).exists():
        raise TimeNotFree(_("That time is taken. Choose another one."))


def check_still_worked(visit: Visit) -> None:
    """Raise TimeNotFree when a held time cannot be kept any more: a closure, an absence, a clinician gone."""
    if not kept([visit]):
        raise TimeNotFree(_("We no longer hold that time. Choose another one, or call us."))


def new_visit(
    consultation: ConsultationRequest,
    clinician: Clinician,
    starts_at: datetime,
    kind: VisitType | None,
    state: VisitState,
) -> Visit:
    """Return an unsaved visit; without a kind it is the usual one of this clinician. Raises TimeNotFree."""
    kind = kind_for(clinician, kind)
    return Visit(
        request=consultation,
        clinician=clinician,
        kind=kind if kind.pk else None,
        starts_at=starts_at,
        ends_at=starts_at + kind.length,
        state=state,
    )


def lock_calendars(clinicians: Iterable[Clinician]) -> None:
    """Let nobody else take a time of these clinicians until the transaction ends.

    An exclusion constraint alone can let two transactions wait for each other; locking in the order of
    their ids, nobody does. Raises TimeNotFree when one of them is not there any more, or when others keep
    the calendar for longer than the database lets us wait (lock_timeout).
    """
    keys = {clinician.pk for clinician in clinicians}
    there = Clinician.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk")
    try:
        found = len(there.values_list("pk", flat=True))
    except OperationalError as error:
        if not isinstance(error.__cause__, LockNotAvailable):
            raise
        raise TimeNotFree(_("Colleagues are booking with this clinician just now. Try again.")) from error
    if found < len(keys):
        raise TimeNotFree(_("This clinician cannot be booked any more."))


def check_not_taken(visits: Iterable[Visit]) -> None:
    """Raise TimeNotFree for a time that another request has. Asked first: whoever waited goes on quickly."""
    for visit in visits:
        others = Visit.objects.keeping_busy().filter(clinician=visit.clinician).exclude(request=visit.request)
        if others.between(visit.starts_at, visit.ends_at).exists():
            raise TimeNotFree(_("That time is taken. Choose another one."))


def take(visit: Visit) -> None:
    """Save a visit that takes time. Raises TimeNotFree when it is taken; the transaction stays usable."""
    try:
        with transaction.atomic():
            visit.save()
    except IntegrityError as error:
        raise TimeNotFree(_("That time is taken. Choose another one.")) from error


def free_times(consultation: ConsultationRequest, *states: VisitState) -> Visit | None:
    """Give back what the request holds or has booked; return the visit that was booked, if one was."""
    booked = None
    for visit in consultation.visits.filter(state__in=states or TAKES_TIME):
        booked = visit if visit.state == VisitState.BOOKED else booked
        give_back(visit)
    return booked


def give_back(visit: Visit) -> None:
    """Cancel a visit and note that its time came free."""
    note_free(visit)
    visit.state = VisitState.CANCELLED
    visit.sequence += 1
    visit.save()


def note_free(visit: Visit) -> None:
    """Keep the time that a visit takes now for the list of times that came free."""
    if visit.starts_at <= timezone.now():
        return
    FreedTime.objects.update_or_create(
        clinician=visit.clinician,
        starts_at=visit.starts_at,
        ends_at=visit.ends_at,
        defaults={"freed_at": timezone.now()},
    )


def codes_of(visit: Visit) -> dict[str, str | int]:
    """Return what an event keeps of a visit: which one, and at which of its changes."""
    return {"visit": str(visit.pk), "sequence": visit.sequence}
