"""Times on offer: held for one patient, chosen once, freed when they are not."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from booking import actions
from booking.actions import Actor
from booking.models import ConsultationRequest, Visit
from booking.models.visit import VisitState
from booking.rules.errors import BookingError, NotPossible, TimeNotFree
from booking.rules.notices import Notice
from booking.rules.offers import MAX_OFFERED
from booking.rules.patient_activity import PatientActivity
from booking.rules.statuses import Status
from tests.booking.actions.together import BUSY, CHANGED, at_once
from tests.factories import everybody, free_time, make_clinician, make_request, offered_times

HOUR = dt.timedelta(hours=1)
PATIENT = Actor.patient()


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3, MAX_OFFERED])
def test_the_times_are_held_until_the_offer_lapses(count):
    times = offered_times(count)
    request = actions.offer_times(make_request(Status.IN_REVIEW), times, by=everybody(), text="Any of these?")
    held = list(request.visits.on_offer())
    assert request.status == Status.TIMES_OFFERED
    assert [(visit.clinician, visit.starts_at) for visit in held] == times
    assert len({visit.held_until for visit in held}) == 1
    assert timezone.now() < held[0].held_until < times[0][1]
    assert request.answered_at is not None
    assert request.letters.get().text == "Any of these?"
    assert request.messages.filter(notice=Notice.TIMES_OFFERED).count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("times", "sentence"),
    [
        (lambda: [], "one to 5"),
        (lambda: offered_times(6), "one to 5"),
        (lambda: [(make_clinician(), timezone.now() + HOUR)], "too close"),
        (lambda: [(make_clinician(), timezone.now() - HOUR)], "has passed"),
        (
            lambda: [(who := make_clinician(), free_time()), (who, free_time() + HOUR / 2)],
            "overlap: .* 60 min",
        ),
    ],
    ids=["none", "six", "too soon", "past", "overlapping"],
)
def test_an_offer_that_cannot_be_holds_nothing(times, sentence):
    request = make_request(Status.IN_REVIEW)
    with pytest.raises(BookingError, match=sentence):
        actions.offer_times(request, times(), by=everybody())
    assert not request.visits.exists()
    assert ConsultationRequest.objects.get(pk=request.pk).status == Status.IN_REVIEW


@pytest.mark.django_db
def test_one_taken_time_spoils_the_whole_offer():
    times = offered_times(3)
    actions.book_time(make_request(), *times[1], by=everybody())
    second = make_request(Status.IN_REVIEW)
    with pytest.raises(TimeNotFree, match="taken"):
        actions.offer_times(second, times, by=everybody())
    assert not second.visits.exists()


@pytest.mark.django_db
def test_accepting_books_one_time_and_frees_the_others():
    request = make_request(Status.TIMES_OFFERED)
    first, second, third = request.visits.on_offer()
    accepted = actions.accept_time(request, second.pk, by=PATIENT)
    assert (accepted.status, accepted.visit) == (Status.SCHEDULED, second)
    states = {visit.pk: visit.state for visit in request.visits.all()}
    assert states == {
        first.pk: VisitState.CANCELLED,
        second.pk: VisitState.BOOKED,
        third.pk: VisitState.CANCELLED,
    }
    by_now_free = actions.book_time(make_request(), first.clinician, first.starts_at, by=everybody())
    assert by_now_free.status == Status.SCHEDULED


@pytest.mark.django_db
def test_a_time_of_somebody_else_cannot_be_accepted():
    mine, other = make_request(Status.TIMES_OFFERED), make_request(Status.TIMES_OFFERED)
    with pytest.raises(TimeNotFree, match="no longer hold"):
        actions.accept_time(mine, other.visits.on_offer()[0].pk, by=PATIENT)
    assert mine.visits.on_offer().count() == other.visits.on_offer().count() == 3


@pytest.mark.django_db
def test_none_suits_frees_all_keeps_what_would_and_promises_anew():
    request = make_request(Status.TIMES_OFFERED)
    declined = actions.decline_times(request, by=PATIENT, text="Fridays, best after ten.", times=["fri-am"])
    assert (declined.status, declined.news) == (Status.IN_REVIEW, PatientActivity.NONE_SUIT)
    assert not declined.visits.on_offer().exists()
    assert declined.person.wished_times == ("fri-am",)
    assert declined.letters.first().text == "Fridays, best after ten."
    assert declined.answered_at is None
    assert declined.messages.filter(notice=Notice.STAFF_PATIENT).count() == 1
    assert ConsultationRequest.objects.owed().filter(pk=request.pk).exists()


@pytest.mark.django_db
def test_an_offer_lapses_when_its_hold_is_over_and_not_before():
    request = make_request(Status.TIMES_OFFERED)
    until = request.visits.on_offer()[0].held_until
    # Whatever the worker's own clock says.
    with time_machine.travel(until + dt.timedelta(hours=1)):
        with pytest.raises(NotPossible, match="still held"):
            actions.lapse_offers(request, by=Actor.system())
        assert actions.lapse_due() == 0
    request.visits.on_offer().update(held_until=timezone.now())
    assert actions.lapse_due() == 1
    assert actions.lapse_due() == 0
    request.refresh_from_db()
    assert (request.status, request.news) == (Status.IN_REVIEW, PatientActivity.LAPSED)
    assert request.events.first().actor == "system"
    assert not request.visits.on_offer().exists()


@pytest.mark.django_db
def test_a_click_just_after_the_hold_still_gets_the_time():
    request = make_request(Status.TIMES_OFFERED)
    visit = request.visits.on_offer()[0]
    with time_machine.travel(visit.held_until + dt.timedelta(seconds=20), tick=False):
        assert actions.accept_time(request, visit.pk, by=PATIENT).status == Status.SCHEDULED


@pytest.mark.django_db(transaction=True)
def test_of_fifty_clicks_on_one_time_one_books_and_forty_nine_read_a_sentence():
    request = make_request(Status.TIMES_OFFERED)
    visit = request.visits.on_offer()[0]
    outcomes = at_once(lambda _n: actions.accept_time(request, visit.pk, by=PATIENT), list(range(50)))
    told = {"A visit is agreed already. This page shows its time.", CHANGED}
    assert outcomes.count("done") == 1 and set(outcomes) <= {"done"} | told
    assert Visit.objects.filter(state=VisitState.BOOKED).count() == 1
    assert request.messages.filter(notice=Notice.VISIT_AGREED).count() == 1


@pytest.mark.django_db(transaction=True)
def test_different_times_clicked_together_make_one_visit():
    request = make_request(Status.TIMES_OFFERED)
    visits = list(request.visits.on_offer()) * 10
    outcomes = at_once(lambda visit: actions.accept_time(request, visit.pk, by=PATIENT), visits)
    assert outcomes.count("done") == 1
    assert Visit.objects.filter(state=VisitState.BOOKED).count() == 1
    assert not Visit.objects.on_offer().exists()


@pytest.mark.django_db(transaction=True)
def test_of_fifty_offers_of_one_time_one_holds_it_and_forty_nine_read_a_sentence():
    times, by = offered_times(2), everybody()
    requests = [make_request(Status.IN_REVIEW) for _ in range(50)]
    outcomes = at_once(lambda request: actions.offer_times(request, times, by=by), requests)
    assert outcomes.count("done") == 1
    assert set(outcomes) <= {"done", "That time is taken. Choose another one.", BUSY}
    assert Visit.objects.on_offer().count() == 2


@pytest.mark.django_db(transaction=True)
def test_choosing_and_lapsing_together_end_in_one_of_the_two():
    request = make_request(Status.TIMES_OFFERED)
    visit = request.visits.on_offer()[0]
    Visit.objects.filter(request=request).update(held_until=timezone.now())
    work = [lambda: actions.accept_time(request, visit.pk, by=PATIENT), actions.lapse_due] * 5
    at_once(lambda one: one(), work)
    request.refresh_from_db()
    booked = Visit.objects.filter(state=VisitState.BOOKED).count()
    assert (request.status, booked) in [(Status.SCHEDULED, 1), (Status.IN_REVIEW, 0)]
    assert not Visit.objects.on_offer().exists()


@pytest.mark.django_db
def test_offering_anew_takes_the_place_of_what_was_held():
    request, clinician = make_request(Status.TIMES_OFFERED), make_clinician()
    before = list(request.visits.on_offer())
    again = [(before[0].clinician, before[0].starts_at), *offered_times(2, clinician)]
    offered = actions.offer_times(request, again, by=everybody(), text="That day fell through.")
    assert {(one.clinician, one.starts_at) for one in offered.visits.on_offer()} == set(again)
    assert not Visit.objects.on_offer().filter(pk__in=[one.pk for one in before]).exists()
    assert request.messages.filter(notice=Notice.TIMES_OFFERED).count() == 2
    with pytest.raises(TimeNotFree, match="no longer hold"):
        actions.accept_time(request, before[1].pk, by=PATIENT)
    chosen = offered.visits.on_offer().get(clinician=clinician, starts_at=again[1][1])
    assert actions.accept_time(request, chosen.pk, by=PATIENT).status == Status.SCHEDULED


@pytest.mark.django_db
def test_an_offer_anew_that_cannot_be_leaves_the_first_as_it_was():
    request = make_request(Status.TIMES_OFFERED)
    before = set(request.visits.on_offer())
    with pytest.raises(TimeNotFree, match="closed"):
        actions.offer_times(request, [(make_clinician(), free_time().replace(hour=6))], by=everybody())
    assert set(request.visits.on_offer()) == before
