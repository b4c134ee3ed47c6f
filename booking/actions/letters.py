"""ask_patient, answer, mark_read, mark_unread and reply: what clinic and patient write to each other."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from booking.actions._actor import Actor
from booking.actions._letters import check_text, keep_letter
from booking.actions._transition import Move, begin
from booking.models import ConsultationRequest
from booking.models.letter import Direction
from booking.rules.errors import NotPossible
from booking.rules.patient_activity import PatientActivity
from booking.rules.statuses import Status
from booking.rules.transitions import Verb

LETTERS_A_DAY: Final = 20


@transaction.atomic
def ask_patient(
    consultation: ConsultationRequest, text: str, *, by: Actor, seen_version: int | None = None
) -> ConsultationRequest:
    """Ask the patient something; the request waits for the reply. Raises NotPossible without a text."""
    return _to_patient(begin(consultation, Verb.ASK_PATIENT, by=by, seen_version=seen_version), text)


@transaction.atomic
def answer(
    consultation: ConsultationRequest, text: str, *, by: Actor, seen_version: int | None = None
) -> ConsultationRequest:
    """Write to the patient without asking for anything; the same letter pressed twice goes once.

    Raises NotPossible without a text.
    """
    if sent := _sent_just_now(consultation, text, by, seen_version):
        return sent
    return _to_patient(begin(consultation, Verb.ANSWER, by=by, seen_version=seen_version), text)


@transaction.atomic
def mark_read(
    consultation: ConsultationRequest, *, by: Actor, seen_version: int | None = None
) -> ConsultationRequest:
    """Say that what the patient did last needs nothing more. Raises NotPossible when there is nothing."""
    move = begin(consultation, Verb.MARK_READ, by=by, seen_version=seen_version)
    if not move.request.news:
        raise NotPossible(_("There is nothing new from the patient."))
    codes = {"news": move.request.news}
    move.request.news, move.request.read_news = "", move.request.news
    return move.finish(codes)


@transaction.atomic
def mark_unread(
    consultation: ConsultationRequest, *, by: Actor, seen_version: int | None = None
) -> ConsultationRequest:
    """Take mark_read back: what the patient did asks for staff again, by the promise that it had.

    Raises NotPossible when nothing was marked, or when the patient was answered or did something since.
    """
    move = begin(consultation, Verb.MARK_UNREAD, by=by, seen_version=seen_version)
    if sentence := why_not_unread(move.request):
        raise NotPossible(sentence)
    codes = {"news": move.request.read_news}
    move.request.news, move.request.read_news = move.request.read_news, ""
    return move.finish(codes)


def why_not_unread(consultation: ConsultationRequest) -> str:
    """Return the sentence that says why there is nothing to mark as unread, or ""."""
    if consultation.read_news and not consultation.news:
        return ""
    return _("There is nothing to mark as unread.")


@transaction.atomic
def reply(
    consultation: ConsultationRequest, text: str, *, by: Actor, seen_version: int | None = None
) -> ConsultationRequest:
    """Keep what the patient wrote. An answer to our question brings the request back into review.

    Raises NotPossible without a text, on a request that has ended, and after twenty in a day.
    """
    status = ConsultationRequest.objects.values_list("status", flat=True).get(pk=consultation.pk)
    verb = Verb.REPLY if status == Status.WAITING_FOR_PATIENT else Verb.WRITE
    move = begin(consultation, verb, by=by, seen_version=seen_version)
    text = check_text(text)
    _check_number(move)
    # A wish to move the visit stays in view until staff deal with it.
    move.owe_a_reply(
        PatientActivity.MOVE if move.request.news == PatientActivity.MOVE else PatientActivity.REPLY
    )
    written = move.finish(tell_staff=True)
    keep_letter(move, text)
    return written


def _to_patient(move: Move, text: str) -> ConsultationRequest:
    text = check_text(text)
    wish = PatientActivity.MOVE if move.request.news == PatientActivity.MOVE else ""
    move.answered()
    # A wish to move the visit stays in view until staff deal with it.
    move.request.news = wish
    written = move.finish()
    keep_letter(move, text)
    return written


def _sent_just_now(
    consultation: ConsultationRequest, text: str, by: Actor, seen_version: int | None
) -> ConsultationRequest | None:
    """Return the request when what last happened to it is this same letter, sent from the same page."""
    locked = ConsultationRequest.objects.select_for_update().get(pk=consultation.pk)
    last = locked.events.first()
    if seen_version != locked.version - 1 or last is None or last.verb != Verb.ANSWER or last.user != by.user:
        return None
    return locked if locked.letters.get(event=last).text == text.strip() else None


def _check_number(move: Move) -> None:
    today = timezone.now() - timedelta(days=1)
    written = move.request.letters.filter(direction=Direction.TO_CLINIC, at__gt=today)
    if written.count() >= LETTERS_A_DAY:
        raise NotPossible(_("You have written a lot today. Call us to tell us more."))
