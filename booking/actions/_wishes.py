"""Keeping which half days suit the patient."""

from __future__ import annotations

from collections.abc import Sequence

from booking.models import ConsultationRequest
from booking.rules.questions import HalfDay


def keep_wishes(consultation: ConsultationRequest, times: Sequence[str] | None) -> list[str]:
    """Seal new wishes, codes of HalfDay (None: as before); return what changed. The caller saves."""
    person = consultation.person
    if times is None:
        return []
    wanted = tuple(half for half in HalfDay.values if half in times)
    if set(wanted) == set(person.wished_times):
        return []
    consultation.seal_person(person.changed(times=wanted, days=(), day_parts=()))
    return ["times"]
