"""A clinician's time is given once."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from booking.models import Visit
from booking.models.visit import VisitState
from tests.factories import free_time, make_clinician, make_request

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def clinician():
    return make_clinician()


def _visit(clinician, start, state=VisitState.BOOKED, length=HOUR):
    with transaction.atomic():
        return Visit.objects.create(
            request=make_request(),
            clinician=clinician,
            starts_at=start,
            ends_at=start + length,
            state=state,
            held_until=start if state == VisitState.HELD else None,
        )


@pytest.mark.parametrize("first", [VisitState.BOOKED, VisitState.HELD])
@pytest.mark.parametrize("second", [VisitState.BOOKED, VisitState.HELD])
@pytest.mark.parametrize("minutes", [-59, -1, 0, 30, 59])
def test_two_visits_that_take_time_never_overlap(clinician, first, second, minutes):
    start = free_time()
    _visit(clinician, start, first)
    with pytest.raises(IntegrityError, match="visit_no_overlap"):
        _visit(clinician, start + dt.timedelta(minutes=minutes), second)


@pytest.mark.parametrize("minutes", [-60, 60])
def test_one_may_follow_the_other_at_once(clinician, minutes):
    start = free_time()
    _visit(clinician, start)
    assert _visit(clinician, start + dt.timedelta(minutes=minutes))


@pytest.mark.parametrize("over", [VisitState.CANCELLED, VisitState.SEEN, VisitState.NO_SHOW])
def test_what_is_over_takes_no_time(clinician, over):
    start = free_time()
    _visit(clinician, start, over)
    assert _visit(clinician, start)


def test_two_clinicians_have_two_calendars(clinician):
    start = free_time()
    _visit(clinician, start)
    assert _visit(make_clinician(), start)


@pytest.mark.parametrize(
    "start", ["1999-01-01T00:00+00:00", "9999-12-30T00:00+00:00"], ids=["long ago", "year 9999"]
)
def test_absurd_times_are_refused(clinician, start):
    with pytest.raises(IntegrityError, match="visit_dates_sane"):
        _visit(clinician, dt.datetime.fromisoformat(start))


@pytest.mark.parametrize("minutes", [0, -10])
def test_a_visit_ends_after_it_begins(clinician, minutes):
    with pytest.raises(IntegrityError, match="visit_dates_sane"):
        _visit(clinician, free_time(), length=dt.timedelta(minutes=minutes), state=VisitState.CANCELLED)


def test_a_hold_has_an_end(clinician):
    visit = _visit(clinician, free_time(), VisitState.HELD)
    with pytest.raises(IntegrityError, match="visit_held_has_an_end"), transaction.atomic():
        Visit.objects.filter(pk=visit.pk).update(held_until=None)
