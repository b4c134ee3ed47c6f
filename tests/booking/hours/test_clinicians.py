"""Bookings respect a clinician's own hours, absences and lengths, also when those change meanwhile."""

from __future__ import annotations

import datetime as dt

import pytest

from booking import actions
from booking.actions import Actor
from booking.hours.clinicians import bookable, visit_types
from booking.models import Absence, ConsultationRequest, FreedTime, Schedule, Visit, VisitType, WorkingHours
from booking.models.visit import VisitState
from booking.rules.errors import TimeNotFree
from booking.rules.reasons import CancelReason
from booking.rules.statuses import Status
from tests.factories import everybody, free_time, make_clinician, make_request, offered_times
from treatments.models import Clinic, Closure

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


def away(clinician, start, length=HOUR):
    plan, _made = Schedule.objects.get_or_create(clinician=clinician)
    return Absence.objects.create(schedule=plan, starts_at=start, ends_at=start + length)


def test_an_absence_refuses_the_time_with_a_sentence():
    clinician, start = make_clinician(), free_time()
    away(clinician, start - HOUR, 2 * HOUR)
    with pytest.raises(TimeNotFree, match="away then"):
        actions.book_time(make_request(), clinician, start, by=everybody())
    assert not Visit.objects.exists()


def test_own_hours_refuse_what_lies_outside_them():
    clinician, start = make_clinician(), free_time()
    plan = Schedule.objects.create(clinician=clinician)
    WorkingHours.objects.create(schedule=plan, weekday=start.weekday(), starts=dt.time(13), ends=dt.time(15))
    with pytest.raises(TimeNotFree, match="does not see patients then"):
        actions.book_time(make_request(), clinician, start, by=everybody())
    later = start.replace(hour=13)
    assert actions.book_time(make_request(), clinician, later, by=everybody()).status == Status.SCHEDULED


def test_a_clinician_who_left_cannot_be_booked():
    clinician = make_clinician()
    Schedule.objects.create(clinician=clinician, takes_visits=False)
    with pytest.raises(TimeNotFree, match="cannot be booked any more"):
        actions.book_time(make_request(), clinician, free_time(), by=everybody())
    gone = make_clinician()
    type(gone).objects.filter(pk=gone.pk).delete()
    with pytest.raises(TimeNotFree, match="cannot be booked any more"):
        actions.book_time(make_request(), gone, free_time(), by=everybody())
    assert not bookable().filter(pk__in=[clinician.pk, gone.pk]).exists()


@pytest.mark.parametrize("change", ["left", "away", "closed"])
def test_what_was_offered_and_cannot_be_kept_is_not_given(change):
    request = make_request(Status.TIMES_OFFERED)
    visit = request.visits.on_offer()[0]
    if change == "left":
        Schedule.objects.create(clinician=visit.clinician, takes_visits=False)
    elif change == "away":
        away(visit.clinician, visit.starts_at)
    else:
        clinic = Clinic.objects.create(name="A clinic", phone="+14805550100", emergency_line="Call 911.")
        Closure.objects.create(clinic=clinic, starts_on=visit.starts_at, ends_on=visit.starts_at)
    with pytest.raises(TimeNotFree, match="no longer hold"):
        actions.accept_time(request, visit.pk, by=Actor.patient())
    assert ConsultationRequest.objects.get(pk=request.pk).status == Status.TIMES_OFFERED
    assert request.visits.on_offer().count() == 3


def test_a_visit_lasts_as_long_as_its_type():
    clinician = make_clinician()
    long = VisitType.objects.create(name="Injections", minutes=90)
    booked = actions.book_time(make_request(), clinician, free_time(), kind=long, by=everybody()).visit
    assert (booked.kind, booked.ends_at - booked.starts_at) == (long, 1.5 * HOUR)
    with pytest.raises(TimeNotFree, match="taken"):
        actions.book_time(make_request(), clinician, free_time() + HOUR, by=everybody())


def test_a_moved_visit_keeps_its_length():
    clinician = make_clinician()
    short = VisitType.objects.create(name="Follow-up", minutes=30)
    request = actions.book_time(make_request(), clinician, free_time(), kind=short, by=everybody())
    moved = actions.move_visit(request, clinician, free_time() + HOUR, by=everybody()).visit
    assert moved.ends_at - moved.starts_at == HOUR / 2


def test_a_clinicians_own_type_takes_the_place_of_the_common_one():
    quick, usual = make_clinician(), make_clinician()
    VisitType.objects.create(name="First visit", minutes=60)
    VisitType.objects.create(name="First visit", minutes=45, clinician=quick)
    VisitType.objects.create(name="Old", minutes=30, active=False)
    assert [kind.minutes for kind in visit_types(quick)] == [45]
    assert [kind.minutes for kind in visit_types(usual)] == [60]


def test_without_types_there_is_a_first_visit_of_an_hour():
    assert [(kind.name, kind.length) for kind in visit_types(make_clinician())] == [("First visit", HOUR)]


def test_what_is_cancelled_moved_or_lapsed_comes_free():
    request = make_request(Status.SCHEDULED)
    first = request.visit.starts_at
    moved = actions.move_visit(request, request.visit.clinician, first + HOUR, by=everybody())
    assert list(FreedTime.objects.values_list("starts_at", flat=True)) == [first]
    actions.cancel_visit(moved, CancelReason.CLINIC, by=everybody())
    assert set(FreedTime.objects.values_list("starts_at", flat=True)) == {first, first + HOUR}
    offered = actions.offer_times(make_request(Status.IN_REVIEW), offered_times(2), by=everybody())
    actions.decline_times(offered, by=Actor.patient())
    assert FreedTime.objects.count() == 4


def test_the_same_time_freed_again_is_kept_once():
    clinician, start = make_clinician(), free_time()
    for _round in range(2):
        booked = actions.book_time(make_request(), clinician, start, by=everybody())
        actions.cancel_visit(booked, CancelReason.CLINIC, by=everybody())
    assert FreedTime.objects.count() == 1
    assert not Visit.objects.exclude(state=VisitState.CANCELLED).exists()
