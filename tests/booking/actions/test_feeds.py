"""A clinician's feed: one living address, known as a hash alone, renewed and revoked."""

from __future__ import annotations

import pytest

from booking import actions
from booking.actions import Actor
from booking.models import CalendarFeed, Schedule
from booking.rules.errors import NotAllowed
from booking.rules.roles import Role
from tests.factories import make_clinician, make_staff

pytestmark = pytest.mark.django_db


def test_a_new_address_ends_the_old_one():
    clinician, by = make_clinician(), Actor.staff(make_staff(Role.RECEPTION))
    old, new = (actions.renew_feed(clinician, by=by) for _ in range(2))
    assert CalendarFeed.clinician_of(old) is None
    assert CalendarFeed.clinician_of(new) == clinician
    ended = CalendarFeed.objects.exclude(revoked_at=None).get()
    assert (ended.created_by, ended.revoked_by) == (by.user, by.user)
    actions.revoke_feed(clinician, by=by)
    assert CalendarFeed.clinician_of(new) is None


def test_the_token_is_stored_nowhere():
    token = actions.renew_feed(make_clinician(), by=Actor.staff(make_staff(Role.MANAGER)))
    stored = CalendarFeed.objects.values_list().get()
    assert not any(token in str(value) or token.encode() in bytes(value) for value in stored
                   if isinstance(value, bytes | memoryview | str))  # fmt: skip


@pytest.mark.parametrize("wrong", ["", "x", "a" * 43, "á" * 43, "a" * 5000])
def test_what_is_no_token_opens_nothing(wrong):
    actions.renew_feed(make_clinician(), by=Actor.staff(make_staff(Role.MANAGER)))
    assert CalendarFeed.clinician_of(wrong) is None


def test_clinicians_keep_their_own_feed_and_no_other():
    user, own, other = make_staff(Role.CLINICIAN), make_clinician(), make_clinician()
    Schedule.objects.create(clinician=own, user=user)
    by = Actor.staff(user)
    assert actions.renew_feed(own, by=by)
    for verb in (actions.renew_feed, actions.revoke_feed):
        with pytest.raises(NotAllowed):
            verb(other, by=by)
    with pytest.raises(NotAllowed):
        actions.renew_feed(own, by=Actor.staff(make_staff(Role.EDITOR)))
    assert CalendarFeed.objects.get().clinician == own
