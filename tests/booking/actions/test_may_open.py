"""A clinician opens their own patients alone; every other role that sees requests, all of them."""

from __future__ import annotations

import pytest

from booking import actions
from booking.actions import Actor
from booking.models import AccessLog, ConsultationRequest, Schedule
from booking.models.access import Look
from booking.rules.errors import NotAllowed
from booking.rules.roles import SEE_REQUESTS, Role
from booking.rules.statuses import Status
from tests.factories import everybody, make_request, make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def clinician() -> Actor:
    return Actor.staff(make_staff(Role.CLINICIAN))


def test_anothers_patient_is_refused_on_record(clinician: Actor) -> None:
    request = actions.assign(make_request(), make_staff(Role.CLINICIAN), by=everybody())
    assert not actions.may_open(request, clinician)
    with pytest.raises(NotAllowed):
        actions.record_access(Look.VIEW, by=clinician, consultation=request)
    assert AccessLog.objects.get().look == Look.DENIED


def test_ones_own_and_nobodys_yet_open(clinician: Actor) -> None:
    request = make_request()
    assert actions.may_open(request, clinician)
    assert actions.may_open(actions.assign(request, clinician.user, by=everybody()), clinician)


@pytest.mark.parametrize("status", [Status.TIMES_OFFERED, Status.SCHEDULED])
def test_a_visit_or_an_offer_makes_a_patient_ones_own(status: Status, clinician: Actor) -> None:
    request = make_request(status)
    assert not actions.may_open(request, clinician)
    Schedule.objects.update_or_create(
        clinician=request.visits.first().clinician, defaults={"user": clinician.user}
    )
    assert actions.may_open(request, clinician)


@pytest.mark.parametrize("role", sorted(SEE_REQUESTS - {Role.CLINICIAN}))
def test_another_role_opens_all(role: Role) -> None:
    request = actions.assign(make_request(), make_staff(Role.NURSE), by=everybody())
    assert actions.may_open(request, Actor.staff(make_staff(role)))
    assert actions.may_open(request, Actor.staff(make_staff(role, Role.CLINICIAN)))


def test_an_editor_opens_none() -> None:
    assert not actions.may_open(make_request(), Actor.staff(make_staff(Role.EDITOR)))


def test_a_finished_request_that_was_nobodys_stays_shut(clinician: Actor) -> None:
    assert not actions.may_open(make_request(Status.CLOSED), clinician)


@pytest.mark.parametrize("status", [Status.TIMES_OFFERED, Status.SCHEDULED, Status.SEEN])
def test_nobodys_request_with_anothers_time_stays_shut(status: Status, clinician: Actor) -> None:
    request = make_request(status, assignee=None)
    assert not actions.may_open(request, clinician)
    reach = ConsultationRequest.objects.filter(actions.accessible_to(clinician))
    assert request not in reach


def test_a_verb_at_anothers_patient_is_refused_wherever_it_comes_from(clinician: Actor) -> None:
    request = actions.assign(make_request(), make_staff(Role.CLINICIAN), by=everybody())
    with pytest.raises(NotAllowed, match="colleague"):
        actions.start_review(request, by=clinician)
    with pytest.raises(NotAllowed, match="colleague"):
        actions.write_note(request, "Mine?", by=clinician)
    assert not request.notes.exists()
