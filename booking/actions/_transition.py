"""The one road: lock the row, look the verb up, check, change, write the event, queue the message."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _

from booking.actions._actor import Actor
from booking.actions._outbox import queue_notice
from booking.models import ConsultationRequest, Event
from booking.rules.errors import SomeoneWasFaster
from booking.rules.statuses import Status
from booking.rules.transitions import Transition, Verb, check


@dataclass
class Move:
    """A locked request on its way through one verb. Set fields on `request`, then call `finish`."""

    request: ConsultationRequest
    transition: Transition
    by: Actor
    came_from: Status

    def finish(
        self, codes: dict[str, Any] | None = None, *, tell_patient: bool = True
    ) -> ConsultationRequest:
        """Save the request, write the event and queue the notice that the table names."""
        request, target = self.request, self.transition.target
        if target and target != self.came_from:
            request.status, request.status_changed_at = target, timezone.now()
        request.version += 1
        request.save()
        event = write_event(request, self.transition.verb, by=self.by, came_from=self.came_from, codes=codes)
        if self.transition.notice and tell_patient:
            queue_notice(request, event, self.transition.notice)
        return request


def begin(request: ConsultationRequest, verb: Verb, *, by: Actor, seen_version: int | None = None) -> Move:
    """Lock the request and check the verb against the table; must run inside a transaction.

    `seen_version` is the version that the person acted on; None skips that check (calls by the system).
    Raises NotAllowed, NotPossible or SomeoneWasFaster.
    """
    assert transaction.get_connection().in_atomic_block  # noqa: S101 (a programming error, not a user's)
    locked = ConsultationRequest.objects.select_for_update().get(pk=request.pk)
    status = Status(locked.status)
    transition = check(verb, status, by.roles)
    if seen_version is not None and seen_version != locked.version:
        raise SomeoneWasFaster(_who_was_faster(locked))
    return Move(locked, transition, by, status)


def write_event(
    request: ConsultationRequest,
    verb: Verb,
    *,
    by: Actor,
    came_from: Status | None,
    codes: dict[str, Any] | None,
) -> Event:
    """Write the history row of a verb."""
    return Event.objects.create(
        request=request,
        at=timezone.now(),
        verb=verb,
        from_status=came_from or "",
        to_status=request.status,
        actor=by.name_for_event,
        user=by.user,
        codes=codes or {},
    )


def _who_was_faster(request: ConsultationRequest) -> str:
    event = request.events.select_related("user").first()
    if event is None:
        return _("This request changed while you were reading. Nothing of yours was saved.")
    who = (event.user.get_full_name() or event.user.get_username()) if event.user else _("The patient")
    return _("%(who)s was faster: “%(verb)s” at %(time)s. Nothing of yours was saved.") % {
        "who": who,
        "verb": event.get_verb_display(),
        "time": time_format(timezone.localtime(event.at)),
    }
