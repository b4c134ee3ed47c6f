"""renew_feed, revoke_feed, end_feeds and record_feed_read: the private address of a clinician's calendar."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from booking.actions._access import sees_calendar
from booking.actions._actor import Actor
from booking.models import AccessLog, CalendarFeed
from booking.models.access import Look
from booking.rules.errors import NotAllowed, TooOften
from booking.rules.roles import SEE_SCHEDULE, Role
from treatments.models import Clinician

# Ten programs that each ask every five minutes and keep no copy to compare.
READS_AN_HOUR: Final = 120
HOUR: Final = timedelta(hours=1)


@transaction.atomic
def renew_feed(clinician: Clinician, *, by: Actor) -> str:
    """Return the token of a new feed; the old address opens nothing from now on. Raises NotAllowed."""
    _check(clinician, by)
    # Two who renew at once wait for each other here: one address lives.
    Clinician.objects.select_for_update(no_key=True).get(pk=clinician.pk)
    _end(Q(clinician=clinician), by.user)
    feed, token = CalendarFeed.begin(clinician=clinician, created_by=by.user)
    feed.save()
    AccessLog.objects.create(user=by.user, feed=feed, look=Look.FEED_MADE)
    return token


@transaction.atomic
def revoke_feed(clinician: Clinician, *, by: Actor) -> bool:
    """Let the address open nothing from now on; return whether there was one. Raises NotAllowed."""
    _check(clinician, by)
    return _end(Q(clinician=clinician), by.user)


def end_feeds(account: User, roles: Iterable[str], *, by: User | None) -> None:
    """End, for good, the feeds that this account knows and with these roles may not read any more.

    It knows those it made, and those of its own calendar. Whoever may read again makes a new address.
    """
    left = set(roles)
    if left & SEE_SCHEDULE:
        return
    own = Q(clinician__schedule__user=account)
    known = Q(created_by=account) & ~own if Role.CLINICIAN in left else Q(created_by=account) | own
    _end(known, by)


def record_feed_read(feed: CalendarFeed) -> None:
    """Write down that a calendar is handed out, before it is: the feed and the moment, for nobody signs in.

    One row for each time that visits are shown. Whoever has the newest copy already is shown nothing, and an
    address that opens nothing is nobody's look: both leave no row, so that strangers cannot fill the table.
    Raises TooOften from the 121st row of an hour on.
    """
    read = AccessLog.objects.filter(feed=feed, look=Look.FEED, at__gt=timezone.now() - HOUR)
    if read.count() >= READS_AN_HOUR:
        raise TooOften(_("This calendar was read very often. Ask again later."))
    AccessLog.objects.create(feed=feed, look=Look.FEED)


def _check(clinician: Clinician, by: Actor) -> None:
    if not sees_calendar(clinician, by):
        raise NotAllowed(_("You may open your own calendar only."))


def _end(which: Q, by: User | None) -> bool:
    """End feeds and write it down; return whether there were any. In a transaction."""
    # The rows first: an update cannot join, and a clinician without a schedule is nobody's own.
    alive = CalendarFeed.objects.filter(which, revoked_at=None)
    ended = list(alive.select_for_update(of=("self",), no_key=True))
    CalendarFeed.objects.filter(pk__in=[feed.pk for feed in ended]).update(
        revoked_at=timezone.now(), revoked_by=by
    )
    AccessLog.objects.bulk_create(AccessLog(user=by, feed=feed, look=Look.FEED_ENDED) for feed in ended)
    return bool(ended)
