"""mark_seen and mark_no_show."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from booking import actions
from booking.actions import Actor
from booking.admin.verbs.base import VerbPage
from booking.models import ConsultationRequest
from booking.rules.transitions import Verb


class MarkSeen(VerbPage):
    """The patient came."""

    verb = Verb.MARK_SEEN
    title = _("Did the patient come?")
    lead = _("This finishes the request. The patient is not told.")
    done = _("Marked seen. The request is finished.")

    def act(
        self, request: ConsultationRequest, values: dict[str, Any], by: Actor, seen_version: int
    ) -> ConsultationRequest:
        return actions.mark_seen(request, by=by, seen_version=seen_version)


class MarkNoShow(VerbPage):
    """The patient did not come."""

    verb = Verb.MARK_NO_SHOW
    title = _("Did the patient not come?")
    lead = _("The request goes back into review, so that somebody can call. The patient is not told.")
    done = _("Marked as a no-show. The request is back in review.")

    def act(
        self, request: ConsultationRequest, values: dict[str, Any], by: Actor, seen_version: int
    ) -> ConsultationRequest:
        return actions.mark_no_show(request, by=by, seen_version=seen_version)
