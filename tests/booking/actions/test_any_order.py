"""Verbs in any order by anybody, on two requests that want the same clinician's times: what always holds."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from booking import actions
from booking.actions import Actor
from booking.models import ConsultationRequest, Visit
from booking.models.visit import TAKES_TIME, VisitState
from booking.rules.errors import BookingError
from booking.rules.roles import STAFF
from booking.rules.statuses import FINAL, Status
from booking.rules.transitions import TRANSITIONS, Verb
from tests.booking.actions.test_every_verb import VERBS
from tests.factories import begin_visit, free_time, make_clinician, make_request, make_staff

# They take a time, and get one of a few here, so that requests meet.
WITH_TIMES = {
    Verb.BOOK_TIME: lambda r, who, at, **k: actions.book_time(r, who, at, **k),
    Verb.MOVE_VISIT: lambda r, who, at, **k: actions.move_visit(r, who, at, **k),
    Verb.OFFER_TIMES: lambda r, who, at, **k: actions.offer_times(r, [(who, at)], **k),
}
# A reply is called "write" where nobody waits for it.
ORDER = sorted(set(VERBS) - {Verb.MERGE})
WORDS = {Verb.REPLY, Verb.WRITE}
ROLES = sorted(role.value for role in STAFF) + ["patient", "system", "everybody"]
OVERLAPS = """
    SELECT count(*) FROM booking_visit a JOIN booking_visit b
    ON a.clinician_id = b.clinician_id AND a.id < b.id AND a.state = ANY(%s) AND b.state = ANY(%s)
    AND tstzrange(a.starts_at, a.ends_at) && tstzrange(b.starts_at, b.ends_at)
"""


class AnyOrder(RuleBasedStateMachine):
    """Two requests, one clinician, and whatever anybody tries."""

    @initialize()
    def two_requests(self) -> None:
        self.scene = transaction.atomic()
        self.scene.__enter__()
        self.clinician, self.start = make_clinician(), free_time(dt.timedelta(days=3))
        self.keys = [make_request().pk, make_request().pk]
        self.told = {key: [Verb.SUBMIT] for key in self.keys}
        staff = {role.value: Actor.staff(make_staff(role)) for role in STAFF}
        everybody = Actor.staff(make_staff(*STAFF))
        self.actors = staff | {
            "patient": Actor.patient(),
            "system": Actor.system(),
            "everybody": everybody,
        }

    @rule(which=st.integers(0, 1), data=st.data(), hour=st.integers(0, 3), odds=st.integers(0, 9))
    def somebody_tries(self, which: int, data: st.DataObject, hour: int, odds: int) -> None:
        """Mostly something that may go well; now and then anything, by anybody, or from an old page."""
        request = ConsultationRequest.objects.get(pk=self.keys[which])
        possible = [verb for verb in ORDER if request.status in TRANSITIONS[verb].sources]
        verb = data.draw(st.sampled_from(ORDER if odds == 0 else possible))
        allowed = [name for name in ROLES if self.actors[name].roles & TRANSITIONS[verb].actors]
        role = data.draw(st.sampled_from(ROLES if odds == 1 else allowed))
        late = odds == 2
        times: dict[str, Any] = {}
        if verb in WITH_TIMES:
            times = {"who": self.clinician, "at": self.start + dt.timedelta(hours=hour)}
        before = _row(request)
        seen = request.version - 1 if late else request.version
        versioned = {} if verb == Verb.LAPSE_OFFERS else {"seen_version": seen}
        call = WITH_TIMES.get(verb, VERBS[verb])
        try:
            call(request, **times, by=self.actors[role], **versioned)
        except BookingError:
            assert _row(request) == before
            return
        assert not (late and versioned), "an act on an old page went through"
        if _row(request) != before:  # the same words twice are no act
            waited = before["status"] == Status.WAITING_FOR_PATIENT
            done = (Verb.REPLY if waited else Verb.WRITE) if verb in WORDS else verb
            self.told[request.pk].append(done)

    @rule(which=st.integers(0, 1))
    def time_passes(self, which: int) -> None:
        request = ConsultationRequest.objects.get(pk=self.keys[which])
        request.visits.on_offer().update(held_until=timezone.now() - dt.timedelta(minutes=1))
        if request.status == Status.SCHEDULED and not Visit.objects.filter(state=VisitState.HELD).exists():
            with transaction.atomic():
                begin_visit(request)
                if _overlaps():
                    transaction.set_rollback(True)

    @invariant()
    def history_is_complete_and_one_event_an_act(self) -> None:
        for key in getattr(self, "keys", []):
            request = ConsultationRequest.objects.get(pk=key)
            events = list(request.events.order_by("id"))
            assert [event.verb for event in events] == self.told[key]
            assert request.version == len(events)
            for earlier, later in zip(events, events[1:], strict=False):
                assert later.from_status == earlier.to_status
                assert later.to_status == (TRANSITIONS[Verb(later.verb)].target or later.from_status)
            assert events[-1].to_status == request.status

    @invariant()
    def times_and_promises_hold(self) -> None:
        assert not _overlaps()
        for key in getattr(self, "keys", []):
            request = ConsultationRequest.objects.get(pk=key)
            held = request.visits.on_offer().count()
            booked = request.visits.filter(state=VisitState.BOOKED).count()
            assert bool(held) == (request.status == Status.TIMES_OFFERED)
            assert booked == (request.status == Status.SCHEDULED)
            assert request.reply_by >= request.received_at
            if request.status in FINAL:
                assert not request.visits.filter(state__in=TAKES_TIME).exists()
            if request.news:
                assert request.answered_at is None

    def teardown(self) -> None:
        if hasattr(self, "scene"):
            transaction.set_rollback(True)
            self.scene.__exit__(None, None, None)


def _row(request: ConsultationRequest) -> dict[str, Any]:
    return ConsultationRequest.objects.filter(pk=request.pk).values().get()


def _overlaps() -> int:
    states = sorted(state.value for state in TAKES_TIME)
    with connection.cursor() as cursor:
        cursor.execute(OVERLAPS, [states, states])
        return int(cursor.fetchone()[0])


@pytest.mark.django_db
def test_whatever_the_order() -> None:
    few = settings(
        max_examples=12,
        stateful_step_count=25,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        derandomize=True,
        database=None,
        phases=[Phase.generate],  # looking for the shortest failure takes minutes
    )
    run_state_machine_as_test(AnyOrder, settings=few)
