"""offer_times and what becomes of an offer: a time is accepted, none suits, or it lapses."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _

from booking.actions._actor import Actor
from booking.actions._calendar import (
    check_not_taken,
    check_still_worked,
    check_time,
    codes_of,
    free_times,
    lock_calendars,
    new_visit,
    take,
)
from booking.actions._letters import check_text, keep_letter
from booking.actions._transition import Move, begin
from booking.actions._wishes import keep_wishes
from booking.hours.clinic import calendar
from booking.models import ConsultationRequest, Visit, VisitType
from booking.models.visit import VisitState
from booking.rules.errors import BookingError, NotPossible, TimeNotFree
from booking.rules.offers import SOONEST, USUAL_HOLD_DAYS, check_offer, held_until
from booking.rules.patient_activity import PatientActivity
from booking.rules.transitions import Verb
from treatments.models import Clinician


@transaction.atomic
def offer_times(
    consultation: ConsultationRequest,
    times: Sequence[tuple[Clinician, datetime]],
    *,
    by: Actor,
    text: str = "",
    hold_days: int = USUAL_HOLD_DAYS,
    kind: VisitType | None = None,
    seen_version: int | None = None,
) -> ConsultationRequest:
    """Hold one to five times for the patient to choose from; all of them, or none.

    What is held for this request already is given back: the new times take its place.
    Raises NotPossible for none, too many or overlapping ones, TimeNotFree when one cannot be given.
    """
    move = begin(consultation, Verb.OFFER_TIMES, by=by, seen_version=seen_version)
    text = check_text(text, needed=False)
    visits = _visits(move.request, times, kind)
    lock_calendars(visit.clinician for visit in visits)
    check_not_taken(visits)
    for visit in visits:
        check_time(visit.clinician, visit.span, after=SOONEST)
    free_times(move.request, VisitState.HELD)
    until = held_until(timezone.now(), [start for _clinician, start in times], calendar(), hold_days)
    for visit in visits:
        visit.held_until = until
        take(visit)
    move.answered()
    offered = move.finish({"times": len(visits), "until": until.isoformat()})
    keep_letter(move, text)
    return offered


@transaction.atomic
def accept_time(
    consultation: ConsultationRequest, visit_id: UUID, *, by: Actor, seen_version: int | None = None
) -> ConsultationRequest:
    """Book one of the held times and free the others. Raises TimeNotFree when that one is held no longer.

    A time counts as held until the offer lapses: a click some seconds late still gets it. One on which the
    clinic closed meanwhile, or whose clinician went away, is not given.
    """
    move = begin(consultation, Verb.ACCEPT_TIME, by=by, seen_version=seen_version)
    visit = move.request.visits.on_offer().filter(pk=visit_id).first()
    if visit is None:
        raise TimeNotFree(_("We no longer hold that time. Choose another one, or call us."))
    if visit.starts_at <= timezone.now():
        raise TimeNotFree(_("That time has passed. Choose a later one, or call us."))
    check_still_worked(visit)
    visit.state = VisitState.BOOKED
    visit.held_until = None
    visit.save()
    free_times(move.request, VisitState.HELD)
    move.request.visit = visit
    return move.finish(codes_of(visit))


@transaction.atomic
def decline_times(
    consultation: ConsultationRequest,
    *,
    by: Actor,
    text: str = "",
    times: Sequence[str] | None = None,
    seen_version: int | None = None,
) -> ConsultationRequest:
    """Free every offered time, and keep what would suit: codes of HalfDay (None: as before)."""
    move = begin(consultation, Verb.DECLINE_TIMES, by=by, seen_version=seen_version)
    text = check_text(text, needed=False)
    free_times(move.request, VisitState.HELD)
    changed = keep_wishes(move.request, times)
    move.owe_a_reply(PatientActivity.NONE_SUIT)
    declined = move.finish({"fields": changed} if changed else None, tell_staff=True)
    keep_letter(move, text)
    return declined


@transaction.atomic
def lapse_offers(consultation: ConsultationRequest, *, by: Actor) -> ConsultationRequest:
    """Free the offered times once their hold is over. Raises NotPossible while one is still held."""
    move = begin(consultation, Verb.LAPSE_OFFERS, by=by)
    if move.request.visits.on_offer().filter(held_until__gt=Now()).exists():
        raise NotPossible(_("The times are still held for the patient."))
    return _lapse(move)


def lapse_due() -> int:
    """Lapse every offer whose hold is over, by the database's clock, each in its own transaction.

    Returns how many.
    """
    over = Visit.objects.on_offer().filter(held_until__lte=Now())
    lapsed = 0
    for consultation in ConsultationRequest.objects.filter(visits__in=over).distinct():
        try:
            lapse_offers(consultation, by=Actor.system())
            lapsed += 1
        except BookingError:
            # The patient chose in this very moment.
            continue
    return lapsed


def _visits(
    consultation: ConsultationRequest, times: Sequence[tuple[Clinician, datetime]], kind: VisitType | None
) -> list[Visit]:
    """Return the unsaved visits of an offer, the soonest first."""
    chosen = sorted(set(times), key=lambda time: time[1])
    visits = [new_visit(consultation, clinician, start, kind, VisitState.HELD) for clinician, start in chosen]
    check_offer([(visit.clinician_id, visit.span) for visit in visits])
    return visits


def _lapse(move: Move) -> ConsultationRequest:
    free_times(move.request, VisitState.HELD)
    move.owe_a_reply(PatientActivity.LAPSED)
    return move.finish()
