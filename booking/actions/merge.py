"""merge: two requests of one person go on as one."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from booking.actions._actor import Actor
from booking.actions._promised import promised_at
from booking.actions._transition import Move, begin, write_event
from booking.actions.links import revoke
from booking.actions.outdated_notices import drop_outdated
from booking.models import ConsultationRequest, EarlierWish, Message
from booking.rules.errors import NotPossible, SomeoneWasFaster
from booking.rules.patient_activity import PatientActivity
from booking.rules.patient_matching import PatientMatch, patient_match
from booking.rules.priority import Priority
from booking.rules.reasons import CloseReason
from booking.rules.statuses import OPEN, OWED, Status
from booking.rules.transitions import Verb

URGENCY: Final = list(Priority)


def why_not_merged(consultation: ConsultationRequest, target: ConsultationRequest) -> str:
    """Return the sentence that says why `consultation` cannot go on in `target`, or ""."""
    if (
        consultation.pk == target.pk
        or patient_match(consultation.person, target.person) == PatientMatch.OTHER
    ):
        return _("Only two requests of the same person can be merged.")
    if target.status not in OPEN:
        return _("The other request is finished. Reopen it first.")
    if consultation.status == Status.SCHEDULED:
        return _("A visit is agreed in this one. Merge the other one into it.")
    if consultation.status == Status.TIMES_OFFERED:
        return _("Times are on offer in this one. Merge the other one into it, or wait for the answer.")
    return ""


@transaction.atomic
def merge(
    consultation: ConsultationRequest,
    target: ConsultationRequest,
    *,
    by: Actor,
    seen_version: int | None = None,
    target_version: int | None = None,
    one_person: bool = False,
) -> ConsultationRequest:
    """Close `consultation` as a duplicate and go on in `target`, which is returned. Nothing written is lost.

    Notes, letters, messages and answers stay where they were written, and are read from the target too. The
    target takes over what the other one still asks for: the earlier promise, news, the higher priority with
    its reasons, flags, the next call, the wish for an earlier time, and the patient's private links. The
    patient is not told. Raises NotPossible for requests of two people, a finished target, or a request with
    a visit or times on offer; and where the names differ, unless somebody says that it is `one_person`.
    Links never go along then, for one of two children must not open the other one's page.
    """
    # Both rows in one order, whichever way round two colleagues merge them.
    locked = ConsultationRequest.objects.select_for_update().filter(pk__in=[consultation.pk, target.pk])
    found = {one.pk: one for one in locked.order_by("pk")}
    goes_on = found[target.pk]
    move = begin(consultation, Verb.MERGE, by=by, seen_version=seen_version)
    if sentence := why_not_merged(move.request, goes_on):
        raise NotPossible(sentence)
    same = patient_match(move.request.person, goes_on.person) == PatientMatch.SAME
    if not (same or one_person):
        raise NotPossible(_("The names differ. Check that both are one person, then say so."))
    if target_version is not None and target_version != goes_on.version:
        raise SomeoneWasFaster(_("The other request changed while you were reading. Look at both again."))
    _take_over(goes_on, move, by)
    _close(move, goes_on)
    if same:
        move.request.links.update(request=goes_on)
    else:
        revoke(move.request.links.all())
    return goes_on


def _take_over(target: ConsultationRequest, move: Move, by: Actor) -> None:
    """Set what the target owes for both from now on; write its own event."""
    other = move.request
    codes: dict[str, str] = {"from": str(other.pk)}
    if other.owes_a_reply:
        if not target.owes_a_reply or other.reply_by < target.reply_by:
            target.reply_by = max(other.reply_by, target.received_at)
            codes["promised_at"] = _promised_at(other).isoformat()
        target.answered_at = None
        # Where it is the patient's turn, the other request is what they wrote meanwhile.
        target.news = target.news or other.news or ("" if target.status in OWED else PatientActivity.REPLY)
    contacts = [at for at in (target.first_contact_at, other.first_contact_at) if at]
    target.first_contact_at = min(contacts, default=None)
    call_backs = [at for at in (target.call_back_at, other.call_back_at) if at]
    target.call_back_at = min(call_backs, default=None)
    if not EarlierWish.objects.filter(request=target).exists():
        EarlierWish.objects.filter(request=other).update(request=target)
    target.flags = list(dict.fromkeys([*target.flags, *other.flags]))
    target.priority_reasons = list(dict.fromkeys([*target.priority_reasons, *other.priority_reasons]))
    if URGENCY.index(Priority(other.priority)) < URGENCY.index(Priority(target.priority)):
        codes |= {"priority": other.priority}
        target.priority, target.priority_set_by = other.priority, other.priority_set_by or by.user
    target.version += 1
    target.save()
    write_event(target, Verb.MERGE, by=by, came_from=Status(target.status), codes=codes)


def _promised_at(consultation: ConsultationRequest) -> datetime:
    found = ConsultationRequest.objects.filter(pk=consultation.pk).values_list(promised_at(), flat=True)
    at: datetime = found.get()
    return at


def _close(move: Move, target: ConsultationRequest) -> None:
    consultation = move.request
    consultation.outcome_reason = CloseReason.DUPLICATE
    consultation.merged_into = target
    consultation.news = ""
    # What had been merged into this one is read from where it goes on; there it is asked what is still true.
    consultation.merged.update(merged_into=target)
    move.finish({"target": str(target.pk)})
    drop_outdated(Message.objects.filter(request__in=target.family()))
