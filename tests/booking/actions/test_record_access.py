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
    actions.record_access(Look.VIEW, by=Actor.staff(user), request=request)
    row = AccessLog.objects.get()
    assert (row.user, row.look, row.request) == (user, Look.VIEW, request)


@pytest.mark.parametrize("roles", [(), ("editor",)])
def test_a_refused_look_is_written_down_as_refused(roles):
    with pytest.raises(NotAllowed):
        actions.record_access(Look.VIEW, by=Actor.staff(make_staff(*roles)), request=make_request())
    assert AccessLog.objects.get().look == Look.DENIED


@pytest.mark.parametrize("by", [Actor.patient(), Actor.system()])
def test_nobody_else_looks(by):
    with pytest.raises(NotAllowed):
        actions.record_access(Look.LIST, by=by)
