"""A clinician's feed: one living address, known as a hash alone, renewed and revoked."""

from __future__ import annotations

import pytest

from booking import actions
from booking.actions import Actor, staff_accounts
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


@pytest.mark.parametrize("way", ["switched off", "no clinician any more"])
def test_whoever_may_not_read_the_calendar_any_more_loses_the_address_for_good(way):
    user, own, manager = make_staff(Role.CLINICIAN), make_clinician(), Actor.staff(make_staff(Role.MANAGER))
    Schedule.objects.create(clinician=own, user=user)
    for maker in (Actor.staff(user), manager):
        token = actions.renew_feed(own, by=maker)
        if way == "switched off":
            staff_accounts.disable(user, by=manager)
            staff_accounts.enable(user, by=manager)
        else:
            staff_accounts.set_roles(user, [Role.EDITOR], by=manager)
            staff_accounts.set_roles(user, [Role.CLINICIAN], by=manager)
        assert CalendarFeed.clinician_of(token) is None
    assert CalendarFeed.objects.filter(revoked_by=manager.user).count() == 2


def test_a_role_that_still_reads_the_calendar_keeps_the_address_and_no_more():
    user, own, other = make_staff(Role.CLINICIAN, Role.RECEPTION), make_clinician(), make_clinician()
    Schedule.objects.create(clinician=own, user=user)
    manager = Actor.staff(make_staff(Role.MANAGER))
    mine, another = (actions.renew_feed(one, by=Actor.staff(user)) for one in (own, other))
    staff_accounts.set_roles(user, [Role.RECEPTION], by=manager)
    assert CalendarFeed.clinician_of(mine) == own
    staff_accounts.set_roles(user, [Role.CLINICIAN], by=manager)
    assert (CalendarFeed.clinician_of(mine), CalendarFeed.clinician_of(another)) == (own, None)
