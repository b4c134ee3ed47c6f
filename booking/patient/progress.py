"""The way of a request in four steps: which are done, where it stands, what is to come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from booking.models import ConsultationRequest, Event
from booking.rules.statuses import FINAL, Status
from booking.rules.transitions import Verb

# Whoever comes here again after one of these waits for another time.
TIMES_WERE_FOUND: Final = frozenset({Verb.OFFER_TIMES, Verb.BOOK_TIME, Verb.ACCEPT_TIME})
AGREED_BY: Final = frozenset({Verb.BOOK_TIME, Verb.ACCEPT_TIME})
DONE, NOW, LATER = "done", "now", "later"


@dataclass(frozen=True)
class ProgressStep:
    """One step in words: when it was done, or by when it is promised."""

    state: str
    words: str | Promise
    at: datetime | None = None
    by: datetime | None = None


def progress_steps(
    consultation: ConsultationRequest,
    events: Sequence[Event],
    *,
    by: datetime | None,
    held_until: datetime | None,
) -> list[ProgressStep]:
    """Return the four steps of an open request, none for one that ended. `by`: when a reply is owed.

    `held_until`: None when none of the times on offer can be had any more.
    """
    status = Status(consultation.status)
    if status in FINAL:
        return []
    sent = ProgressStep(DONE, _("Sent"), consultation.received_at)
    read = ProgressStep(DONE, _("Read by our team"), _last(events, {Verb.START_REVIEW}))
    time = ProgressStep(LATER, _("You choose a time"))
    visit = ProgressStep(LATER, _("Visit agreed"))
    if status == Status.SCHEDULED:
        chosen = ProgressStep(DONE, _("Time found"), _last(events, AGREED_BY))
        return [
            sent,
            read,
            chosen,
            ProgressStep(
                NOW, _("Visit agreed"), consultation.visit.starts_at if consultation.visit else None
            ),
        ]
    if status == Status.TIMES_OFFERED and held_until:
        return [sent, read, ProgressStep(NOW, _("Now: choose a time"), by=held_until), visit]
    if status == Status.WAITING_FOR_PATIENT:
        return [sent, ProgressStep(NOW, _("Now: we need your answer")), time, visit]
    if any(event.verb in TIMES_WERE_FOUND for event in events):
        return [sent, read, ProgressStep(NOW, _("Now: we look for another time"), by=by), visit]
    return [sent, ProgressStep(NOW, _("Now: our team reads it"), by=by), time, visit]


def _last(events: Sequence[Event], verbs: set[Verb] | frozenset[Verb]) -> datetime | None:
    """Return when one of these was done last; the events come newest first."""
    return next((event.at for event in events if event.verb in verbs), None)
