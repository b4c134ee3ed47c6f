"""What was answered in a request that was merged into another: read on the page of the one that goes on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.http import HttpRequest
from django.utils.translation import gettext as _

from booking.admin.base.access import record_many
from booking.admin.reading.answers import (
    AnswerLine,
    AnswerSection,
    SafetyNote,
    history,
    safety_notes,
    symptoms,
)
from booking.admin.reading.duplicates import Other
from booking.models import ConsultationRequest
from booking.models.access import Look
from booking.models.request import Source


@dataclass(frozen=True)
class Merged:
    """The safety notes and the answers of one request that goes on in another."""

    safety: list[SafetyNote]
    section: AnswerSection


def merged(request: HttpRequest, others: Iterable[Other]) -> list[Merged]:
    """Return what those of `others` say that were merged, the oldest first. Each look is put on record."""
    keys = [one.request.pk for one in others if one.merged]
    if not keys:
        return []
    record_many(request, Look.VIEW, keys)
    found = ConsultationRequest.objects.filter(pk__in=keys).order_by("received_at")
    return [_merged(one) for one in found]


def _merged(consultation: ConsultationRequest) -> Merged:
    answers, reference = consultation.answers, consultation.shown_reference
    told = _("From the merged request %(reference)s") % {"reference": reference}
    peg = (AnswerLine(_("PEG, mean"), (_("%(mean)s of 10") % {"mean": answers.peg},)),) if answers.peg else ()
    lines = [*peg, *symptoms(answers), *history(answers, asked=consultation.source == Source.WEB)]
    title = _("Merged request %(reference)s: %(topic)s")
    return Merged(
        safety=[
            replace(note, detail=". ".join(filter(None, [note.detail, told])))
            for note in safety_notes(consultation, answers)
        ],
        section=AnswerSection(
            title % {"reference": reference, "topic": consultation.get_topic_display()}, lines
        ),
    )
