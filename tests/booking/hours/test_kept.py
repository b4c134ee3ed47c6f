"""Which visits can stay where they are."""

from __future__ import annotations

import pytest

from booking.hours.clinicians import kept
from booking.models import Absence, Schedule
from booking.rules.statuses import Status
from tests.factories import make_request
from treatments.clinic import clinic
from treatments.models import Closure


@pytest.mark.django_db
@pytest.mark.parametrize("why", ["absence", "closure", "takes no visits"])
def test_a_visit_goes_when_nobody_works_then(why: str, content: None) -> None:
    request = make_request(Status.TIMES_OFFERED)
    first, *others = request.visits.on_offer()
    assert kept([first, *others]) == [first, *others]
    if why == "closure":
        day = first.starts_at.date()
        Closure.objects.create(starts_on=day, ends_on=day)
        clinic.forget()
    else:
        schedule = Schedule.objects.create(clinician=first.clinician, takes_visits=why == "absence")
        Absence.objects.create(schedule=schedule, starts_at=first.starts_at, ends_at=first.ends_at)
    assert kept([first, *others]) == (others if why == "absence" else [])
