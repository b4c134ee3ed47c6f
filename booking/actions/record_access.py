"""record_access: every look is on record before anything is shown; no record, no page."""

from __future__ import annotations

from django.utils.translation import gettext as _

from booking.actions._actor import Actor
from booking.models import AccessLog, ConsultationRequest
from booking.models.access import Look
from booking.rules.errors import NotAllowed
from booking.rules.roles import SEE_REQUESTS


def record_access(look: Look, *, by: Actor, request: ConsultationRequest | None = None) -> None:
    """Write down that a member of staff looks at a request, the queue, or a search result.

    A refusal is written down too, then raised as NotAllowed. An error of the database passes through.
    """
    if by.user is None:
        raise NotAllowed(_("Only staff look at requests."))
    allowed = bool(by.roles & SEE_REQUESTS)
    AccessLog.objects.create(user=by.user, look=look if allowed else Look.DENIED, request=request)
    if not allowed:
        raise NotAllowed(_("You may not see requests."))
