"""What stands over the buttons of a request: whose move it is, and what to do."""

from __future__ import annotations

from datetime import datetime
from typing import Final, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from booking.actions import Actor
from booking.admin.lists.call_backs import call_back_due
from booking.models import ConsultationRequest
from booking.rules.patient_activity import PatientActivity
from booking.rules.roles import Role
from booking.rules.statuses import Status
from booking.rules.transitions import Verb

_NEWS: Final = {
    PatientActivity.REPLY: gettext_lazy("The patient wrote to us."),
    PatientActivity.MOVE: gettext_lazy(
        "The patient asks for another time. The agreed one holds until you move it."
    ),
    PatientActivity.NONE_SUIT: gettext_lazy("None of the offered times suits the patient."),
    PatientActivity.LAPSED: gettext_lazy("The patient chose none of the offered times before they ran out."),
    PatientActivity.CANCELLED: gettext_lazy("The patient cancelled the visit. Offer other times, or call."),
}


class Lost(NamedTuple):
    """What to do about a time that cannot be kept any more."""

    verb: Verb
    advice: str | Promise


LOST: Final = {
    Status.TIMES_OFFERED: Lost(
        Verb.OFFER_TIMES,
        gettext_lazy("The clinic or clinician is away at a time on offer. Offer other times."),
    ),
    Status.SCHEDULED: Lost(
        Verb.MOVE_VISIT, gettext_lazy("The clinic or clinician is away then. Move the visit.")
    ),
}


def advice_on(
    consultation: ConsultationRequest, actor: Actor, now: datetime, *, calls: bool, lost: bool
) -> str:
    """Return what to do next with a request, in a sentence.

    `calls`: somebody must be told by phone. `lost`: a time of its own cannot be kept any more.
    """
    if calls:
        return _("No email told the patient. Call, and then record the call.")
    if call_back_due(consultation, now):
        return _("The time to call again has come. Call, and then record the call.")
    if consultation.news:
        return str(_NEWS[PatientActivity(consultation.news)])
    if lost and consultation.status in LOST:
        return str(LOST[Status(consultation.status)].advice)
    clinical = bool(actor.roles & {Role.NURSE, Role.CLINICIAN})
    texts = {
        Status.NEW: _("Nobody has read it yet.") if clinical else _("A nurse reads it first."),
        Status.IN_REVIEW: (
            _("Read it, then offer times or ask the patient.")
            if clinical
            else _("Offer times once a nurse has read it.")
        ),
        Status.WAITING_FOR_PATIENT: _("We wait for the patient to answer."),
        Status.TIMES_OFFERED: _("We wait for the patient to choose a time."),
        Status.SCHEDULED: _("Mark it once the visit is over."),
    }
    return texts.get(Status(consultation.status), _("This request is finished."))
