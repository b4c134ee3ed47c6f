"""book_time: staff agree a visit, for example on the phone."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from booking.actions._actor import Actor
from booking.actions._calendar import FIRST_VISIT, check_time, codes_of, free_times, lock_calendars, take
from booking.actions._transition import begin
from booking.models import ConsultationRequest, Visit
from booking.models.visit import VisitState
from booking.rules.transitions import Verb
from treatments.models import Clinician


@transaction.atomic
def book_time(
    request: ConsultationRequest,
    clinician: Clinician,
    starts_at: datetime,
    *,
    by: Actor,
    length: timedelta = FIRST_VISIT,
    told: bool = False,
    seen_version: int | None = None,
) -> ConsultationRequest:
    """Book a clinician's time. Raises TimeNotFree when it is taken, past, too far off, or out of hours.

    `told`: it was agreed with the patient on the phone, so nobody needs to call about it.
    """
    move = begin(request, Verb.BOOK_TIME, by=by, seen_version=seen_version)
    check_time(starts_at, length)
    lock_calendars([clinician])
    # What was on offer is free again.
    free_times(move.request, VisitState.HELD)
    visit = Visit(
        request=move.request, clinician=clinician, starts_at=starts_at, ends_at=starts_at + length,
        state=VisitState.BOOKED,
    )  # fmt: skip
    take(visit)
    move.request.visit = visit
    move.answered()
    return move.finish(codes_of(visit), told=told)
