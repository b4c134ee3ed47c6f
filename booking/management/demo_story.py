"""Telling the story of one fictional request through the verbs, at the times when it would have happened.

Verbs ask `timezone.now()` for the time. A story sets that clock back while it runs, so that every row,
the append-only history included, is written once and with the time it speaks of. Only the messages are
touched afterwards: they count as delivered, and no worker ever sees them due, because a story is one
transaction.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from booking import actions
from booking.actions import Actor
from booking.actions._transition import begin
from booking.management.demo_cases import PATHS, Case, answers_of, person_of
from booking.management.demo_times import first_free, office_time
from booking.models import ConsultationRequest, Draft, Visit
from booking.models.message import Delivery
from booking.models.visit import VisitState
from booking.rules.documents import Answers, Person
from booking.rules.notices import TO_STAFF
from booking.rules.priority import Priority
from booking.rules.questions import CONSENT_VERSION
from booking.rules.reasons import CloseReason, ContactOutcome, DeclineReason, PriorityReason, ReopenReason
from booking.rules.roles import Role
from booking.rules.safety import VERSION
from booking.rules.transitions import Verb

LONGEST_PAUSE: Final = timedelta(hours=5)
UNTIL_VISIT: Final = timedelta(days=1)
VISIT_DAYS: Final = 7


class Story:
    """One request on its way. `staff` holds an actor for each role that the steps need."""

    def __init__(self, case: Case, number: int, staff: dict[Role, Actor]) -> None:
        self.case, self.number, self.staff = case, number, staff
        self.today = timezone.now()
        self.at = self.today - timedelta(days=case.days_ago)
        path = PATHS[case.path]
        self.pause = min(LONGEST_PAUSE, (self.today - self.at) / (len(path) + 1))

    @transaction.atomic
    def tell(self) -> ConsultationRequest:
        """Make the request and take every step of its path."""
        with clock(lambda: self.at):
            self.request = self._arrive()
            for name in PATHS[self.case.path]:
                self.at = min(office_time(self.at + self.pause), self.today)
                step: Callable[[], ConsultationRequest] = getattr(self, name)
                self.request = step()
        self._count_mail_as_sent()
        return self.request

    def review(self) -> ConsultationRequest:
        return actions.start_review(self.request, by=self.staff[Role.NURSE])

    def no_answer(self) -> ConsultationRequest:
        return self._log(ContactOutcome.NO_ANSWER)

    def voicemail(self) -> ConsultationRequest:
        return self._log(ContactOutcome.VOICEMAIL)

    def reached(self) -> ConsultationRequest:
        return self._log(ContactOutcome.REACHED)

    def raise_priority(self) -> ConsultationRequest:
        by = self.staff[Role.CLINICIAN]
        return actions.set_priority(self.request, Priority.SOON, PriorityReason.CLINICAL, by=by)

    def ask(self) -> ConsultationRequest:
        return self._by_the_table(Verb.ASK_PATIENT, self.staff[Role.NURSE])

    def offer(self) -> ConsultationRequest:
        for _ in range(2):
            clinician, starts_at, ends_at = first_free(self._ahead())
            Visit.objects.create(
                request=self.request, clinician=clinician, starts_at=starts_at, ends_at=ends_at,
                state=VisitState.HELD,
            )  # fmt: skip
        return self._by_the_table(Verb.OFFER_TIMES, self.staff[Role.RECEPTION])

    def book(self) -> ConsultationRequest:
        return self._book_after(self.at + UNTIL_VISIT)

    def book_ahead(self) -> ConsultationRequest:
        return self._book_after(self._ahead())

    def seen(self) -> ConsultationRequest:
        self._wait_for_the_visit()
        return actions.mark_seen(self.request, by=self.staff[Role.CLINICIAN])

    def no_show(self) -> ConsultationRequest:
        self._wait_for_the_visit()
        return actions.mark_no_show(self.request, by=self.staff[Role.RECEPTION])

    def decline(self) -> ConsultationRequest:
        reasons = list(DeclineReason)
        reason = reasons[self.number % len(reasons)]
        return actions.decline(self.request, reason, by=self.staff[Role.CLINICIAN])

    def close_unreachable(self) -> ConsultationRequest:
        return self._close(CloseReason.UNREACHABLE)

    def close_duplicate(self) -> ConsultationRequest:
        return self._close(CloseReason.DUPLICATE)

    def close_spam(self) -> ConsultationRequest:
        return self._close(CloseReason.SPAM)

    def reopen(self) -> ConsultationRequest:
        by = self.staff[Role.MANAGER]
        return actions.reopen(self.request, ReopenReason.PATIENT_CALLED, by=by)

    def withdraw(self) -> ConsultationRequest:
        return self._by_the_table(Verb.WITHDRAW, Actor.patient())

    def _arrive(self) -> ConsultationRequest:
        person = Person(**person_of(self.case, self.number))
        answers = Answers(
            **answers_of(self.case, self.number), rules_version=VERSION, consent_version=CONSENT_VERSION
        )
        if self.case.phone:
            return actions.take_call(person, answers, by=self.staff[Role.RECEPTION], key=uuid.uuid4())
        draft, _token = Draft.begin(person.language)
        draft.created_at = self.at
        draft.save()
        return actions.submit(draft, person, answers, by=Actor.patient())

    def _by_the_table(self, verb: Verb, by: Actor) -> ConsultationRequest:
        # These verbs have no function of their own yet; the table and the one road know them.
        return begin(self.request, verb, by=by).finish()

    def _log(self, outcome: ContactOutcome) -> ConsultationRequest:
        return actions.log_contact(self.request, outcome, by=self.staff[Role.RECEPTION])

    def _close(self, reason: CloseReason) -> ConsultationRequest:
        return actions.close(self.request, reason, by=self.staff[Role.NURSE])

    def _book_after(self, moment: datetime) -> ConsultationRequest:
        clinician, starts_at, _ends_at = first_free(moment)
        return actions.book_time(self.request, clinician, starts_at, by=self.staff[Role.RECEPTION])

    def _ahead(self) -> datetime:
        return self.today + UNTIL_VISIT * (1 + self.number % VISIT_DAYS)

    def _wait_for_the_visit(self) -> None:
        visit = self.request.visit
        assert visit is not None  # noqa: S101 (the step before booked it)
        self.at = visit.ends_at

    def _count_mail_as_sent(self) -> None:
        for message in self.request.messages.select_related("event"):
            at = message.event.at
            failed = self.case.mail_fails and message.notice not in TO_STAFF
            self.request.messages.filter(pk=message.pk).update(
                state=Delivery.FAILED if failed else Delivery.SENT,
                sent_at=None if failed else at + timedelta(seconds=2),
                error="smtp-550" if failed else "",
                attempts=F("attempts") + 1,
                created_at=at,
                next_try_at=at,
            )


@contextmanager
def clock(now: Callable[[], datetime]) -> Iterator[None]:
    """Let `django.utils.timezone.now` tell another time, for this process: only for a command."""
    real = timezone.now
    timezone.now = now
    try:
        yield
    finally:
        timezone.now = real
