"""Every look is on record, a refused one too."""

from __future__ import annotations

import pytest

from booking import actions
from booking.actions import Actor
from booking.models import AccessLog
from booking.models.access import Look
from booking.rules.errors import NotAllowed
from tests.factories import make_request, make_staff

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", ["reception", "nurse", "clinician", "manager"])
def test_a_look_is_written_down(role):
    user, request = make_staff(role), make_request()
    actions.record_access(Look.VIEW, by=Actor.staff(user), consultation=request)
    row = AccessLog.objects.get()
    assert (row.user, row.look, row.request) == (user, Look.VIEW, request)


@pytest.mark.parametrize("roles", [(), ("editor",)])
def test_a_refused_look_is_written_down_as_refused(roles):
    with pytest.raises(NotAllowed):
        actions.record_access(Look.VIEW, by=Actor.staff(make_staff(*roles)), consultation=make_request())
    row = AccessLog.objects.get()
    assert (row.look, row.codes) == (Look.DENIED, {"look": Look.VIEW})


@pytest.mark.parametrize(
    ("look", "may"),
    [(Look.FIGURES, {"nurse", "manager"}), (Look.AUDIT, {"manager"}), (Look.EXPORT, {"manager"})],
)
@pytest.mark.parametrize("role", ["reception", "nurse", "clinician", "editor", "manager"])
def test_figures_the_record_and_exports_are_for_few(role, look, may):
    by = Actor.staff(make_staff(role))
    if role in may:
        actions.record_access(look, by=by)
        assert AccessLog.objects.get().look == look
        return
    with pytest.raises(NotAllowed):
        actions.record_access(look, by=by)
    assert (AccessLog.objects.get().look, AccessLog.objects.get().codes) == (Look.DENIED, {"look": look})


def test_an_export_is_one_row_and_one_for_each_request_in_it():
    by, made = Actor.staff(make_staff("manager")), [make_request() for _ in range(3)]
    actions.record_export([one.pk for one in made[:2]], by=by, codes={"format": "csv"})
    whole = AccessLog.objects.get(look=Look.EXPORT)
    assert (whole.user, whole.request, whole.codes) == (by.user, None, {"format": "csv", "requests": 2})
    assert set(AccessLog.objects.filter(look=Look.EXPORTED).values_list("request", flat=True)) == {
        one.pk for one in made[:2]
    }


def test_a_refused_export_takes_nothing_along():
    made = make_request()
    with pytest.raises(NotAllowed):
        actions.record_export([made.pk], by=Actor.staff(make_staff("nurse")), codes={})
    assert AccessLog.objects.get().look == Look.DENIED


@pytest.mark.parametrize("by", [Actor.patient(), Actor.system()])
def test_nobody_else_looks(by):
    with pytest.raises(NotAllowed):
        actions.record_access(Look.LIST, by=by)
