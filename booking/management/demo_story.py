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
from booking.hours.clinic import today
from booking.management.demo_cases import PATHS, Case, answers_of, person_of
from booking.management.demo_steps import Steps
from booking.management.demo_times import office_time
from booking.models import ConsultationRequest, DailyCount, Draft
from booking.models.message import Delivery
from booking.rules.documents import Answers, Person
from booking.rules.notices import TO_STAFF
from booking.rules.questions import CONSENT_VERSION
from booking.rules.roles import Role
from booking.rules.safety import VERSION

# What the form counts, without a name, on the way of a patient who sends it.
ANSWERED: Final = ("start", "reason", "safety", "symptoms", "history", "you")
LONGEST_PAUSE: Final = timedelta(hours=5)


class Story(Steps):
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

    def _arrive(self) -> ConsultationRequest:
        person = Person(**person_of(self.case, self.number))
        answers = Answers(
            **answers_of(self.case, self.number), rules_version=VERSION, consent_version=CONSENT_VERSION
        )
        if self.case.phone:
            return actions.take_call(person, answers, by=self.staff[Role.RECEPTION], key=uuid.uuid4())
        for step in ANSWERED:
            DailyCount.add("step", step, today())
        draft, _token = Draft.begin(person.language)
        draft.created_at = self.at
        draft.save()
        return actions.submit(draft, person, answers, by=Actor.patient())

    def _count_mail_as_sent(self) -> None:
        for message in self.request.messages.select_related("event"):
            at = message.event.at
            if message.state == Delivery.CALL:
                told = None if self.case.to_call else at
                self.request.messages.filter(pk=message.pk).update(created_at=at, told_at=told)
                continue
            failed = self.case.mail_fails and message.notice not in TO_STAFF
            self.request.messages.filter(pk=message.pk).update(
                state=Delivery.FAILED if failed else Delivery.SENT,
                sent_at=None if failed else min(at + timedelta(seconds=2), self.today),
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
