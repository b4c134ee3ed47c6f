"""The one road: lock the row, look the verb up, check, change, write the event, queue the message."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db import OperationalError, transaction
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from psycopg.errors import LockNotAvailable

from booking.actions._access import check_access
from booking.actions._actor import Actor
from booking.actions._outbox import queue_notice
from booking.actions.outdated_notices import drop_outdated
from booking.hours.clinic import promised_reply
from booking.models import ConsultationRequest, EarlierWish, Event, Message
from booking.models.key_check import require_proof
from booking.rules.errors import SomeoneWasFaster
from booking.rules.notices import TELLS_A_TIME, Notice
from booking.rules.patient_activity import PatientActivity
from booking.rules.roles import Role
from booking.rules.statuses import FINAL, Status
from booking.rules.transitions import Transition, Verb, check


@dataclass
class Move:
    """A locked request on its way through one verb. Set fields on `request`, then call `finish`."""

    request: ConsultationRequest
    transition: Transition
    by: Actor
    came_from: Status
    event: Event = field(init=False)

    def answered(self) -> None:
        """Note that the clinic has kept its promise, and has seen what the patient did last."""
        now = timezone.now()
        self.request.first_contact_at = self.request.first_contact_at or now
        self.request.answered_at = now
        self.request.news = self.request.read_news = ""

    def owe_a_reply(self, news: PatientActivity | None = None) -> None:
        """Note what staff must react to, and promise anew by when they will."""
        if not self.transition.promises:
            # The last promise is found by the table: one made past it would be lost.
            raise ValueError(f"{self.transition.verb} promises no reply in the table of verbs")
        self.request.news, self.request.read_news = news or "", ""
        self.request.reply_by = promised_reply(timezone.now())
        self.request.answered_at = None

    def finish(
        self,
        codes: dict[str, Any] | None = None,
        *,
        tell_patient: bool = True,
        told: bool = False,
        tell_staff: bool = False,
    ) -> ConsultationRequest:
        """Save the request, write the event, queue the notice that the table names; drop what it overtook.

        `told`: the patient knows it from the phone already. `tell_staff`: they hear of it by e-mail too.
        """
        consultation, target = self.request, self.transition.target
        if target and target != self.came_from:
            consultation.status, consultation.status_changed_at = target, timezone.now()
            consultation.read_news = ""
        if told or target in FINAL:
            consultation.call_back_at = None
        if target in FINAL or self.came_from == Status.SCHEDULED != consultation.status:
            # The wish was about a visit that is not to come any more.
            EarlierWish.objects.filter(request=consultation).delete()
        consultation.version += 1
        consultation.save()
        verb = self.transition.verb
        self.event = write_event(consultation, verb, by=self.by, came_from=self.came_from, codes=codes)
        untold = Message.objects.filter(request__in=consultation.family()).to_tell()
        if told:
            # Whoever was on the phone about the visit knows how it stands.
            about_it = TELLS_A_TIME | {Notice.VISIT_CANCELLED}
            untold.filter(notice__in=about_it).update(told_at=timezone.now())
        if self.transition.notice and tell_patient:
            queue_notice(consultation, self.event, self.transition.notice, told=told)
        if tell_staff:
            queue_notice(consultation, self.event, Notice.STAFF_PATIENT)
        drop_outdated(untold)
        return consultation


def begin(
    consultation: ConsultationRequest, verb: Verb, *, by: Actor, seen_version: int | None = None
) -> Move:
    """Lock the request and check the verb against the table; must run inside a transaction.

    `seen_version` is the version that the person acted on; None skips that check (calls by the system).
    Raises NotAllowed, NotPossible, SomeoneWasFaster, or KeysNotProved.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("A verb runs inside a transaction")
    require_proof()
    try:
        locked = ConsultationRequest.objects.select_for_update().get(pk=consultation.pk)
    except OperationalError as error:
        if not isinstance(error.__cause__, LockNotAvailable):
            raise
        # Somebody acts on it for longer than the database lets us wait (lock_timeout).
        raise SomeoneWasFaster(_changed_meanwhile(by)) from error
    status = Status(locked.status)
    transition = check(verb, status, by.roles)
    check_access(locked, by)
    if seen_version is not None and seen_version != locked.version:
        raise SomeoneWasFaster(_who_was_faster(locked, by))
    return Move(locked, transition, by, status)


def write_event(
    consultation: ConsultationRequest,
    verb: Verb,
    *,
    by: Actor,
    came_from: Status | None,
    codes: dict[str, Any] | None,
) -> Event:
    """Write the history row of a verb."""
    return Event.objects.create(
        request=consultation,
        at=timezone.now(),
        verb=verb,
        from_status=came_from or "",
        to_status=consultation.status,
        actor=by.name_for_event,
        user=by.user,
        codes=codes or {},
    )


def _who_was_faster(consultation: ConsultationRequest, by: Actor) -> str:
    event = None if by.roles == {Role.PATIENT} else consultation.events.select_related("user").first()
    if event is None:
        return _changed_meanwhile(by)
    who = (event.user.get_full_name() or event.user.get_username()) if event.user else _("The patient")
    return _("%(who)s was faster: “%(verb)s” at %(time)s. Nothing of yours was saved.") % {
        "who": who,
        "verb": event.get_verb_display(),
        # The sentence ends with a full stop of its own.
        "time": time_format(timezone.localtime(event.at)).removesuffix("."),
    }


def _changed_meanwhile(by: Actor) -> str:
    if by.roles == {Role.PATIENT}:
        return _("Something changed while you were reading. Look at the page again, then choose.")
    return _("This request changed while you were reading. Nothing of yours was saved.")
