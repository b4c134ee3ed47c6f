"""book_time: staff agree a visit, for example on the phone."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from booking.actions._actor import Actor
from booking.actions._promise import calendar
from booking.actions._transition import begin
from booking.models import ConsultationRequest, Visit
from booking.models.visit import VisitState
from booking.rules.errors import TimeNotFree
from booking.rules.transitions import Verb
from treatments.models import Clinician

FIRST_VISIT: Final = timedelta(minutes=60)
FURTHEST: Final = timedelta(days=365)


@transaction.atomic
def book_time(
    request: ConsultationRequest,
    clinician: Clinician,
    starts_at: datetime,
    *,
    by: Actor,
    length: timedelta = FIRST_VISIT,
    seen_version: int | None = None,
) -> ConsultationRequest:
    """Book a clinician's time. Raises TimeNotFree when it is taken, past, too far off, or out of hours."""
    move = begin(request, Verb.BOOK_TIME, by=by, seen_version=seen_version)
    _check_time(starts_at, length)
    # One booking at a time per clinician: an exclusion constraint alone can let two wait for each other.
    Clinician.objects.select_for_update(no_key=True).get(pk=clinician.pk)
    # What was on offer is free again.
    move.request.visits.filter(state=VisitState.HELD).update(state=VisitState.CANCELLED)
    visit = Visit(
        request=move.request, clinician=clinician, starts_at=starts_at, ends_at=starts_at + length,
        state=VisitState.BOOKED,
    )  # fmt: skip
    try:
        with transaction.atomic():
            visit.save(force_insert=True)
    except IntegrityError as error:
        raise TimeNotFree(_("That time is taken. Choose another one.")) from error
    move.request.visit = visit
    move.request.first_contact_at = move.request.first_contact_at or timezone.now()
    return move.finish({"visit": str(visit.pk)})


def _check_time(starts_at: datetime, length: timedelta) -> None:
    now = timezone.now()
    if starts_at <= now:
        raise TimeNotFree(_("That time has passed. Choose a later one."))
    if starts_at > now + FURTHEST:
        raise TimeNotFree(_("That is more than a year away. Choose an earlier day."))
    open_hours = calendar()
    if not (open_hours.is_open(starts_at) and open_hours.is_open(starts_at + length - timedelta(minutes=1))):
        raise TimeNotFree(_("The clinic is closed then. Choose a time inside its hours."))
