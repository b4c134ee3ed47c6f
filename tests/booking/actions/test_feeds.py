"""A clinician's feed: one living address, known as a hash alone, renewed and revoked."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils import timezone

from booking import actions
from booking.actions import Actor, staff_accounts
from booking.models import AccessLog, CalendarFeed, Schedule
from booking.models.access import Look
from booking.rules.errors import NotAllowed, TooOften
from booking.rules.roles import Role
from tests.factories import make_clinician, make_staff
from treatments.models import Clinician

pytestmark = pytest.mark.django_db


def opens(token: str) -> Clinician | None:
    feed = CalendarFeed.of_token(token)
    return feed.clinician if feed else None


def test_a_new_address_ends_the_old_one():
    clinician, by = make_clinician(), Actor.staff(make_staff(Role.RECEPTION))
    old, new = (actions.renew_feed(clinician, by=by) for _ in range(2))
    assert opens(old) is None
    assert opens(new) == clinician
    ended = CalendarFeed.objects.exclude(revoked_at=None).get()
    assert (ended.created_by, ended.revoked_by) == (by.user, by.user)
    actions.revoke_feed(clinician, by=by)
    assert opens(new) is None


def test_the_token_is_stored_nowhere():
    token = actions.renew_feed(make_clinician(), by=Actor.staff(make_staff(Role.MANAGER)))
    stored = CalendarFeed.objects.values_list().get()
    assert not any(token in str(value) or token.encode() in bytes(value) for value in stored
                   if isinstance(value, bytes | memoryview | str))  # fmt: skip


@pytest.mark.parametrize("wrong", ["", "x", "a" * 43, "á" * 43, "a" * 5000])
def test_what_is_no_token_opens_nothing(wrong):
    actions.renew_feed(make_clinician(), by=Actor.staff(make_staff(Role.MANAGER)))
    assert opens(wrong) is None


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
        assert opens(token) is None
    assert CalendarFeed.objects.filter(revoked_by=manager.user).count() == 2


def test_a_role_that_still_reads_the_calendar_keeps_the_address_and_no_more():
    user, own, other = make_staff(Role.CLINICIAN, Role.RECEPTION), make_clinician(), make_clinician()
    Schedule.objects.create(clinician=own, user=user)
    manager = Actor.staff(make_staff(Role.MANAGER))
    mine, another = (actions.renew_feed(one, by=Actor.staff(user)) for one in (own, other))
    staff_accounts.set_roles(user, [Role.RECEPTION], by=manager)
    assert opens(mine) == own
    staff_accounts.set_roles(user, [Role.CLINICIAN], by=manager)
    assert (opens(mine), opens(another)) == (own, None)


@pytest.mark.parametrize("change", ["role", "switched off", "staff", "another account", "no account"])
def test_whatever_way_a_right_is_lost_the_address_opens_nothing(change):
    """Also past the verbs: at each reading it is asked who may see this calendar now."""
    user, own = make_staff(Role.CLINICIAN), make_clinician()
    schedule = Schedule.objects.create(clinician=own, user=user)
    mine = actions.renew_feed(own, by=Actor.staff(user))
    assert opens(mine) == own
    if change == "role":
        user.groups.clear()
    elif change == "another account":
        Schedule.objects.filter(pk=schedule.pk).update(user=make_staff(Role.CLINICIAN))
    elif change == "no account":
        Schedule.objects.filter(pk=schedule.pk).update(user=None)
    else:
        gone = {"is_active": False} if change == "switched off" else {"is_staff": False}
        User.objects.filter(pk=user.pk).update(**gone)
    assert opens(mine) is None


def test_an_address_that_reception_made_ends_with_the_role_of_the_clinician_too():
    user, own = make_staff(Role.CLINICIAN), make_clinician()
    Schedule.objects.create(clinician=own, user=user)
    token = actions.renew_feed(own, by=Actor.staff(make_staff(Role.RECEPTION)))
    assert opens(token) == own
    user.groups.clear()
    assert opens(token) is None


def test_a_superuser_may_make_one_without_a_role():
    admin = make_staff()
    User.objects.filter(pk=admin.pk).update(is_superuser=True)
    admin.refresh_from_db()
    own = make_clinician()
    assert opens(actions.renew_feed(own, by=Actor.staff(admin))) == own


def test_making_and_ending_are_on_record_with_who_and_whose():
    clinician, desk = make_clinician(), make_staff(Role.RECEPTION)
    user, manager = make_staff(Role.CLINICIAN), make_staff(Role.MANAGER)
    Schedule.objects.create(clinician=clinician, user=user)
    for _again in range(2):
        actions.renew_feed(clinician, by=Actor.staff(desk))
    staff_accounts.disable(user, by=Actor.staff(manager))
    assert not actions.revoke_feed(clinician, by=Actor.staff(desk))
    first, second = CalendarFeed.objects.order_by("pk")
    assert list(AccessLog.objects.order_by("pk").values_list("look", "user", "feed")) == [
        (Look.FEED_MADE, desk.pk, first.pk),
        (Look.FEED_ENDED, desk.pk, first.pk),
        (Look.FEED_MADE, desk.pk, second.pk),
        (Look.FEED_ENDED, manager.pk, second.pk),
    ]


def test_readings_without_end_are_refused_and_fill_no_table():
    feeds = []
    for _two in range(2):
        token = actions.renew_feed(make_clinician(), by=Actor.staff(make_staff(Role.RECEPTION)))
        feeds.append(CalendarFeed.of_token(token))
    read, other = feeds
    AccessLog.objects.bulk_create(AccessLog(feed=read, look=Look.FEED) for _ in range(120))
    with pytest.raises(TooOften):
        actions.record_feed_read(read)
    actions.record_feed_read(other)
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=61), tick=False):
        actions.record_feed_read(read)
    assert AccessLog.objects.filter(look=Look.FEED).count() == 122


def test_a_look_is_always_somebodys():
    with pytest.raises(IntegrityError, match="access_by_person_or_feed"), transaction.atomic():
        AccessLog.objects.create(look=Look.LIST)
