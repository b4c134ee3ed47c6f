"""The steps that a fictional request may take, each through its verb."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from booking import actions
from booking.actions import Actor
from booking.management.demo_times import first_free, office_time
from booking.models import ConsultationRequest
from booking.rules.offers import HOLD_DAYS
from booking.rules.priority import Priority
from booking.rules.reasons import (
    CancelReason,
    CloseReason,
    ContactOutcome,
    DeclineReason,
    PriorityReason,
    ReopenReason,
)
from booking.rules.roles import Role

UNTIL_VISIT: Final = timedelta(days=1)
VISIT_DAYS: Final = 7
OFFERED_AGO: Final = timedelta(days=3)
QUESTION: Final = "On which days of the week is it worst?"
REPLY: Final = "Mostly on Mondays, and after long drives."
OFFER: Final = "Bring a list of your medicines, or the boxes."
WISH: Final = "A morning would be easier for me."


class Steps:
    """What may happen to `request` at the moment `at`; each step returns the request as it is then."""

    request: ConsultationRequest
    number: int
    staff: dict[Role, Actor]
    at: datetime
    today: datetime

    def review(self) -> ConsultationRequest:
        return actions.start_review(self.request, by=self.staff[Role.NURSE])

    def no_answer(self) -> ConsultationRequest:
        return self._log(ContactOutcome.NO_ANSWER)

    def voicemail(self) -> ConsultationRequest:
        return self._log(ContactOutcome.VOICEMAIL)

    def call_later(self) -> ConsultationRequest:
        again = self.at + timedelta(hours=2)
        by = self.staff[Role.RECEPTION]
        return actions.log_contact(self.request, ContactOutcome.LATER, by=by, call_back_at=again)

    def reached(self) -> ConsultationRequest:
        return self._log(ContactOutcome.REACHED)

    def raise_priority(self) -> ConsultationRequest:
        by = self.staff[Role.NURSE]
        return actions.set_priority(self.request, Priority.SOON, PriorityReason.CLINICAL, by=by)

    def ask(self) -> ConsultationRequest:
        return actions.ask_patient(self.request, QUESTION, by=self.staff[Role.NURSE])

    def reply(self) -> ConsultationRequest:
        return actions.reply(self.request, REPLY, by=Actor.patient())

    def offer(self) -> ConsultationRequest:
        # Lately, or it would have run out by today.
        self.at = max(self.at, min(office_time(self.today - OFFERED_AGO), self.today))
        first, start, end, _kind = first_free(self._ahead() + UNTIL_VISIT)
        second, later, _end, _kind = first_free(end)
        times = [(first, start), (second, later)]
        by = self.staff[Role.RECEPTION]
        return actions.offer_times(self.request, times, by=by, text=OFFER, hold_days=max(HOLD_DAYS))

    def none_suit(self) -> ConsultationRequest:
        return actions.decline_times(self.request, by=Actor.patient(), times=("fri-am",))

    def choose(self) -> ConsultationRequest:
        visit = self.request.visits.on_offer()[0]
        return actions.accept_time(self.request, visit.pk, by=Actor.patient())

    def ask_to_move(self) -> ConsultationRequest:
        return actions.ask_to_move(self.request, by=Actor.patient(), text=WISH)

    def move(self) -> ConsultationRequest:
        clinician, starts_at, _end, _kind = first_free(self._ahead() + UNTIL_VISIT, self.number)
        return actions.move_visit(self.request, clinician, starts_at, by=self.staff[Role.RECEPTION])

    def wish_earlier(self) -> ConsultationRequest:
        return actions.wish_earlier(self.request, wanted=True, by=self.staff[Role.RECEPTION])

    def cancel(self) -> ConsultationRequest:
        return actions.cancel_visit(self.request, CancelReason.PATIENT, by=Actor.patient())

    def book(self) -> ConsultationRequest:
        return self._book_after(self.at + UNTIL_VISIT)

    def book_ahead(self) -> ConsultationRequest:
        return self._book_after(self._ahead())

    def seen(self) -> ConsultationRequest:
        self._wait_for_the_visit()
        return actions.mark_seen(self.request, by=self.staff[Role.RECEPTION])

    def no_show(self) -> ConsultationRequest:
        self._wait_for_the_visit()
        return actions.mark_no_show(self.request, by=self.staff[Role.RECEPTION])

    def decline(self) -> ConsultationRequest:
        reasons = list(DeclineReason)
        reason = reasons[self.number % len(reasons)]
        return actions.decline(self.request, reason, by=self.staff[Role.NURSE])

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
        return actions.withdraw(self.request, by=Actor.patient())

    def _log(self, outcome: ContactOutcome) -> ConsultationRequest:
        return actions.log_contact(self.request, outcome, by=self.staff[Role.RECEPTION])

    def _close(self, reason: CloseReason) -> ConsultationRequest:
        return actions.close(self.request, reason, by=self.staff[Role.NURSE])

    def _book_after(self, moment: datetime) -> ConsultationRequest:
        clinician, starts_at, _ends_at, kind = first_free(moment, self.number)
        by = self.staff[Role.RECEPTION]
        return actions.book_time(self.request, clinician, starts_at, kind=kind, by=by)

    def _ahead(self) -> datetime:
        return self.today + UNTIL_VISIT * (1 + self.number % VISIT_DAYS)

    def _wait_for_the_visit(self) -> None:
        self.at = self.request.scheduled_visit.ends_at
