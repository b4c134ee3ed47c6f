"""move_visit, cancel_visit and ask_to_move: an agreed visit changes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from booking.actions._actor import Actor
from booking.actions._calendar import check_time, codes_of, give_back, lock_calendars, note_free, take
from booking.actions._letters import check_text, keep_letter
from booking.actions._transition import Move, begin
from booking.actions._wishes import keep_wishes
from booking.models import ConsultationRequest, EarlierWish, Visit
from booking.rules.errors import NotPossible, TimeNotFree
from booking.rules.patient_activity import PatientActivity
from booking.rules.reasons import CancelReason
from booking.rules.roles import Role
from booking.rules.transitions import Verb
from treatments.models import Clinician


@transaction.atomic
def move_visit(
    consultation: ConsultationRequest,
    clinician: Clinician,
    starts_at: datetime,
    *,
    by: Actor,
    told: bool = False,
    seen_version: int | None = None,
) -> ConsultationRequest:
    """Give the agreed visit another time; calendars follow it, for it stays the same visit, and as long.

    Raises TimeNotFree when the new time cannot be given or is the old one, NotPossible when somebody on the
    list for an earlier time was not asked first (`told`): the agreed time is theirs until they say yes.
    """
    move = begin(consultation, Verb.MOVE_VISIT, by=by, seen_version=seen_version)
    visit = agreed_visit(move)
    if (visit.clinician_id, visit.starts_at) == (clinician.pk, starts_at):
        raise TimeNotFree(_("That is the time of the visit already. Choose another one."))
    lock_calendars([clinician])
    note_free(visit)
    if starts_at < visit.starts_at:
        _fulfil_wish(move, told)
    length = visit.ends_at - visit.starts_at
    visit.clinician, visit.starts_at, visit.ends_at = clinician, starts_at, starts_at + length
    check_time(clinician, visit.span)
    visit.sequence += 1
    take(visit)
    move.answered()
    return move.finish(codes_of(visit), told=told)


@transaction.atomic
def cancel_visit(
    consultation: ConsultationRequest,
    reason: CancelReason,
    *,
    by: Actor,
    text: str = "",
    told: bool = False,
    seen_version: int | None = None,
) -> ConsultationRequest:
    """Free the agreed time and take the request back into review, with a new promise.

    A patient's reason is always their own. Raises NotPossible once the visit has begun.
    """
    move = begin(consultation, Verb.CANCEL_VISIT, by=by, seen_version=seen_version)
    text = check_text(text, needed=False)
    visit = agreed_visit(move)
    patient = Role.PATIENT in by.roles
    give_back(visit)
    move.request.visit = None
    move.owe_a_reply(PatientActivity.CANCELLED if patient else None)
    code = CancelReason.PATIENT if patient else reason
    cancelled = move.finish({"reason": code.value, **codes_of(visit)}, told=told, tell_staff=patient)
    keep_letter(move, text)
    return cancelled


@transaction.atomic
def ask_to_move(
    consultation: ConsultationRequest,
    *,
    by: Actor,
    text: str = "",
    times: Sequence[str] | None = None,
    seen_version: int | None = None,
) -> ConsultationRequest:
    """Let staff know that another time would suit better; the agreed one holds until they move it."""
    move = begin(consultation, Verb.ASK_TO_MOVE, by=by, seen_version=seen_version)
    text = check_text(text, needed=False)
    visit = agreed_visit(move)
    changed = keep_wishes(move.request, times)
    move.owe_a_reply(PatientActivity.MOVE)
    codes = {"fields": changed} if changed else {}
    asked = move.finish({**codes, "visit": str(visit.pk)}, tell_staff=True)
    keep_letter(move, text)
    return asked


def _fulfil_wish(move: Move, told: bool) -> None:
    fulfilled, _rows = EarlierWish.objects.filter(request=move.request).delete()
    if fulfilled and not told:
        raise NotPossible(
            _("This patient only wished for an earlier time. Ask first, and check that they know it already.")
        )


def agreed_visit(move: Move) -> Visit:
    """Return the visit of a request that has one. Raises NotPossible once it has begun."""
    visit = move.request.scheduled_visit
    if visit.starts_at <= timezone.now():
        raise NotPossible(
            _("The visit has begun. Say first whether the patient was seen.")
            if move.by.user
            else _("The visit has begun already. Call us about it.")
        )
    return visit
