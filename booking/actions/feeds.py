"""renew_feed, revoke_feed and end_feeds: the private address of a clinician's calendar."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from booking.actions._actor import Actor
from booking.actions._reach import sees_calendar
from booking.models import CalendarFeed
from booking.rules.errors import NotAllowed
from booking.rules.roles import SEE_SCHEDULE, Role
from treatments.models import Clinician


@transaction.atomic
def renew_feed(clinician: Clinician, *, by: Actor) -> str:
    """Return the token of a new feed; the old address opens nothing from now on. Raises NotAllowed."""
    _check(clinician, by)
    # Two who renew at once wait for each other here: one address lives.
    Clinician.objects.select_for_update(no_key=True).get(pk=clinician.pk)
    _revoke(clinician, by)
    feed, token = CalendarFeed.begin(clinician=clinician, created_by=by.user)
    feed.save()
    return token


@transaction.atomic
def revoke_feed(clinician: Clinician, *, by: Actor) -> None:
    """Let the address open nothing from now on. Raises NotAllowed."""
    _check(clinician, by)
    _revoke(clinician, by)


def end_feeds(account: User, roles: Iterable[str], *, by: User | None) -> None:
    """End, for good, the feeds that this account knows and with these roles may not read any more.

    It knows those it made, and those of its own calendar. Whoever may read again makes a new address.
    """
    left = set(roles)
    if left & SEE_SCHEDULE:
        return
    own = Q(clinician__schedule__user=account)
    known = Q(created_by=account) & ~own if Role.CLINICIAN in left else Q(created_by=account) | own
    # The rows first: an update cannot join, and a clinician without a schedule is nobody's own.
    ended = CalendarFeed.objects.filter(known, revoked_at=None).values_list("pk", flat=True)
    CalendarFeed.objects.filter(pk__in=list(ended)).update(revoked_at=timezone.now(), revoked_by=by)


def _check(clinician: Clinician, by: Actor) -> None:
    if not sees_calendar(clinician, by):
        raise NotAllowed(_("You may open your own calendar only."))


def _revoke(clinician: Clinician, by: Actor) -> None:
    alive = CalendarFeed.objects.filter(clinician=clinician, revoked_at=None)
    alive.update(revoked_at=timezone.now(), revoked_by=by.user)
