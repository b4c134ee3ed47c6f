"""book_time: staff agree a visit, for example on the phone."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from booking.actions._actor import Actor
from booking.actions._calendar import (
    check_not_taken,
    check_time,
    codes_of,
    free_times,
    lock_calendars,
    new_visit,
    take,
)
from booking.actions._transition import begin
from booking.models import ConsultationRequest, VisitType
from booking.models.visit import VisitState
from booking.rules.transitions import Verb
from treatments.models import Clinician


@transaction.atomic
def book_time(
    consultation: ConsultationRequest,
    clinician: Clinician,
    starts_at: datetime,
    *,
    by: Actor,
    kind: VisitType | None = None,
    told: bool = False,
    seen_version: int | None = None,
) -> ConsultationRequest:
    """Book a clinician's time. Raises TimeNotFree when it is taken, past, too far off, or out of hours.

    `kind`: None is the usual one of the clinician. `told`: it was agreed with the patient on the phone, so
    nobody needs to call about it.
    """
    move = begin(consultation, Verb.BOOK_TIME, by=by, seen_version=seen_version)
    visit = new_visit(move.request, clinician, starts_at, kind, VisitState.BOOKED)
    lock_calendars([clinician])
    check_not_taken([visit])
    check_time(clinician, visit.span)
    # What was on offer is free again.
    free_times(move.request, VisitState.HELD)
    take(visit)
    move.request.visit = visit
    move.answered()
    return move.finish(codes_of(visit), told=told)
