"""renew_feed and revoke_feed: the private address of a clinician's calendar."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from booking.actions._actor import Actor
from booking.actions._schedule import own_clinician
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


def sees_calendar(clinician: Clinician, by: Actor) -> bool:
    """Return whether somebody may look at this clinician's visits: of their own, or by role of all."""
    if by.roles & SEE_SCHEDULE:
        return True
    if by.user is None or Role.CLINICIAN not in by.roles:
        return False
    return own_clinician(by.user.pk) == clinician


def _check(clinician: Clinician, by: Actor) -> None:
    if not sees_calendar(clinician, by):
        raise NotAllowed(_("You may open your own calendar only."))


def _revoke(clinician: Clinician, by: Actor) -> None:
    alive = CalendarFeed.objects.filter(clinician=clinician, revoked_at=None)
    alive.update(revoked_at=timezone.now(), revoked_by=by.user)
