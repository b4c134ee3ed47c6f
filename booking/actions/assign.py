"""assign: who looks after a request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from booking.actions._actor import Actor
from booking.actions._transition import begin
from booking.models import ConsultationRequest
from booking.rules.errors import NotPossible
from booking.rules.roles import SEE_REQUESTS
from booking.rules.transitions import Verb

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@transaction.atomic
def assign(
    consultation: ConsultationRequest, assignee: User | None, *, by: Actor, seen_version: int | None = None
) -> ConsultationRequest:
    """Give the request to a member of staff, or to nobody. Raises NotPossible for one who may not see it."""
    move = begin(consultation, Verb.ASSIGN, by=by, seen_version=seen_version)
    if assignee and not Actor.staff(assignee).roles & SEE_REQUESTS:
        raise NotPossible(_("This person cannot open requests. Choose somebody else."))
    move.request.assignee = assignee
    return move.finish({"assignee": assignee.pk if assignee else None})
