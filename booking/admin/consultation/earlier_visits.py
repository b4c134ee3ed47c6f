"""What became of the other requests of a person: the last visit, and the PEG beside this request's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import Case, IntegerField, OuterRef, Subquery, Value, When
from django.db.models.functions import JSONObject
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from booking.admin.base.access import record_many, sees_answers
from booking.admin.reading.duplicates import Match, Other
from booking.models import ConsultationRequest, Visit
from booking.models.access import Look
from booking.models.sealed import SealBroken
from booking.models.visit import VisitState
from booking.rules.reasons import CloseReason, DeclineReason

# A visit that was cancelled is told of when there was no other.
CANCELLED_LAST: Final = Case(
    When(state=VisitState.CANCELLED, then=Value(1)), default=Value(0), output_field=IntegerField()
)
LAST_VISIT: Final = Subquery(
    Visit.objects.filter(request=OuterRef("pk"))
    .exclude(state=VisitState.HELD)
    .order_by(CANCELLED_LAST, "-starts_at")
    .values(told=JSONObject(state="state", starts_at="starts_at", clinician="clinician__name"))[:1]
)
BECAME: Final = {
    VisitState.BOOKED: gettext_lazy("Visit on %(day)s with %(who)s"),
    VisitState.SEEN: gettext_lazy("Seen on %(day)s by %(who)s"),
    VisitState.NO_SHOW: gettext_lazy("No-show on %(day)s with %(who)s"),
    VisitState.CANCELLED: gettext_lazy("Cancelled: visit on %(day)s with %(who)s"),
}


@dataclass(frozen=True)
class EarlierVisit:
    """Another request, how it ended, its last visit, the PEG then and here for whoever reads answers."""

    other: Other
    outcome: str
    visit: str
    peg: str


def earlier_visits(
    request: HttpRequest, consultation: ConsultationRequest, others: Iterable[Other]
) -> list[EarlierVisit]:
    """Return what became of each, in the same order. Each look at answers is put on record first.

    `others` carry `last_visit` (LAST_VISIT), and their answers for whoever may read them. A merged request is
    read whole on this page. Of somebody who shares the contact alone nothing is told: they may be another.
    """
    read = [one for one in others if one.same and not one.merged] if sees_answers(request) else []
    if read:
        record_many(request, Look.BESIDE, [one.request.pk for one in read])
    return [_told(one, _peg(consultation, one) if one in read else "") for one in others]


def _told(other: Other, peg: str) -> EarlierVisit:
    if other.match == Match.CONTACT:
        return EarlierVisit(other, "", "", "")
    return EarlierVisit(other, outcome(other.request), visit_words(other.request.last_visit), peg)  # type: ignore[attr-defined]


def outcome(consultation: ConsultationRequest) -> str:
    """Return why a request was closed or declined, in words."""
    labels = dict(CloseReason.choices) | dict(DeclineReason.choices)
    if consultation.outcome_reason == CloseReason.OTHER:
        return str(CloseReason.OTHER.label)
    return str(labels.get(consultation.outcome_reason, ""))


def visit_words(visit: Mapping[str, Any] | None) -> str:
    """Return what became of a visit: "Seen on Nov 3, 2026 by Demo Clinician"."""
    if not visit:
        return ""
    day = date_format(timezone.localtime(datetime.fromisoformat(visit["starts_at"])), "M j, Y")
    return str(BECAME[VisitState(visit["state"])]) % {"day": day, "who": visit["clinician"]}


def _peg(consultation: ConsultationRequest, other: Other) -> str:
    """Return both means of the PEG, the earlier first, and the difference; "" where the other has none.

    Of another condition only its own: two pains are no course of one. Higher is worse (Krebs EE et al. J Gen
    Intern Med 2009;24:733-738). How much of a change matters is not said: it is for the clinician to judge.
    """
    here, there = _mean(consultation), _mean(other.request)
    if there is None:
        return ""
    if here is None or consultation.topic != other.request.topic:
        return _("PEG, mean: %(there)s of 10") % {"there": there}
    if other.request.received_at > consultation.received_at:
        words, change = _("PEG, mean: %(here)s of 10 here, %(there)s there: %(change)s"), there - here
    else:
        words, change = _("PEG, mean: %(there)s of 10 then, %(here)s here: %(change)s"), here - there
    return words % {"here": here, "there": there, "change": change_words(round(change, 1))}


def change_words(change: float) -> str:
    """Return a difference between two means, the later less the earlier, in words."""
    if not change:
        return _("no change")
    words = _("%(points)s higher, worse") if change > 0 else _("%(points)s lower, better")
    return words % {"points": abs(change)}


def _mean(consultation: ConsultationRequest) -> float | None:
    try:
        return consultation.answers.peg
    except SealBroken:
        # What does not open is said on its own page.
        return None
