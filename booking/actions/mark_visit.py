"""mark_seen and mark_no_show: what became of a visit."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from booking.actions._actor import Actor
from booking.actions._calendar import lock_calendars
from booking.actions._transition import begin
from booking.models import ConsultationRequest
from booking.models.visit import VisitState
from booking.rules.errors import NotPossible
from booking.rules.transitions import Verb


@transaction.atomic
def mark_seen(
    consultation: ConsultationRequest, *, by: Actor, seen_version: int | None = None
) -> ConsultationRequest:
    """End the request: the patient came. Raises NotPossible before the visit's time."""
    return _mark(consultation, Verb.MARK_SEEN, VisitState.SEEN, by, seen_version)


@transaction.atomic
def mark_no_show(
    consultation: ConsultationRequest, *, by: Actor, seen_version: int | None = None
) -> ConsultationRequest:
    """Take the request back into review, with a new promise: the patient did not come, and must be asked why.

    Raises NotPossible before the visit's time.
    """
    return _mark(consultation, Verb.MARK_NO_SHOW, VisitState.NO_SHOW, by, seen_version)


def _mark(
    consultation: ConsultationRequest, verb: Verb, state: VisitState, by: Actor, seen_version: int | None
) -> ConsultationRequest:
    move = begin(consultation, verb, by=by, seen_version=seen_version)
    visit = move.request.scheduled_visit
    if visit.starts_at > timezone.now():
        raise NotPossible(_("Not yet: the visit has not begun."))
    # A seen visit takes its time to the end, which no constraint holds: nobody may book beside this.
    lock_calendars([visit.clinician])
    visit.state = state
    visit.save()
    move.request.news = ""
    if state == VisitState.NO_SHOW:
        move.request.visit = None
        # Nobody else comes back to it: the patient did not, and staff have no step that waits.
        move.owe_a_reply()
    return move.finish({"visit": str(visit.pk)})
