"""The list of those who would come earlier."""

from __future__ import annotations

import datetime as dt

import pytest

from booking import actions
from booking.models import EarlierWish
from booking.rules.errors import NotAllowed, NotPossible
from booking.rules.roles import Role
from booking.rules.statuses import Status
from booking.rules.transitions import Verb
from tests.factories import everybody, free_time, make_request, make_staff

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def test_a_wish_is_noted_once_and_taken_back():
    request = make_request(Status.SCHEDULED)
    noted = actions.wish_earlier(request, wanted=True, by=everybody())
    asked_at = EarlierWish.objects.get().asked_at
    again = actions.wish_earlier(noted, wanted=True, by=everybody())
    assert EarlierWish.objects.get().asked_at == asked_at
    actions.wish_earlier(again, wanted=False, by=everybody())
    assert not EarlierWish.objects.exists()
    codes = request.events.filter(verb=Verb.WISH_EARLIER).values_list("codes", flat=True)
    assert list(codes) == [{"wanted": False}, {"wanted": True}, {"wanted": True}]


def test_an_earlier_time_fulfils_the_wish_and_a_later_one_does_not():
    request = make_request(Status.SCHEDULED)
    start, clinician = request.visit.starts_at, request.visit.clinician
    request = actions.wish_earlier(request, wanted=True, by=everybody())
    request = actions.move_visit(request, clinician, start.replace(hour=14), by=everybody())
    assert EarlierWish.objects.exists()
    earlier = free_time().replace(hour=9)
    with pytest.raises(NotPossible, match="Ask first"):
        actions.move_visit(request, clinician, earlier, by=everybody())
    request.refresh_from_db()
    assert EarlierWish.objects.exists() and request.visit.starts_at == start.replace(hour=14)
    actions.move_visit(request, clinician, earlier, by=everybody(), told=True)
    assert not EarlierWish.objects.exists()


def test_neither_a_clinician_nor_a_finished_request():
    with pytest.raises(NotAllowed):
        by = actions.Actor.staff(make_staff(Role.CLINICIAN))
        actions.wish_earlier(make_request(), wanted=True, by=by)
    with pytest.raises(NotPossible):
        actions.wish_earlier(make_request(Status.CLOSED), wanted=True, by=everybody())
    assert not EarlierWish.objects.exists()
