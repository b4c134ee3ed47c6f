"""Booking a clinician's time."""

from __future__ import annotations

import datetime as dt
from threading import Event, Thread

import pytest
from django.db import connection, transaction
from django.utils import timezone

from booking import actions
from booking.actions._calendar import lock_calendars
from booking.models import Visit
from booking.models.visit import VisitState
from booking.rules.errors import TimeNotFree
from booking.rules.statuses import Status
from tests.booking.actions.together import BUSY, at_once
from tests.factories import everybody, free_time, make_clinician, make_request

HOUR = dt.timedelta(hours=1)


@pytest.mark.django_db
def test_the_visit_is_booked_and_the_promise_kept():
    clinician, start = make_clinician(), free_time()
    request = actions.book_time(make_request(), clinician, start, by=everybody())
    visit = request.visit
    assert (visit.clinician, visit.starts_at, visit.ends_at) == (clinician, start, start + HOUR)
    assert (visit.state, request.status) == (VisitState.BOOKED, Status.SCHEDULED)
    assert request.first_contact_at is not None
    assert request.events.first().codes == {"visit": str(visit.pk), "sequence": 0}
    assert request.answered_at is not None


@pytest.mark.django_db
def test_a_taken_time_is_refused_and_nothing_changes():
    clinician, start, by = make_clinician(), free_time(), everybody()
    actions.book_time(make_request(), clinician, start, by=by)
    second = make_request()
    with pytest.raises(TimeNotFree, match="taken"):
        actions.book_time(second, clinician, start + HOUR / 2, by=by)
    second.refresh_from_db()
    assert (second.status, second.version, second.visits.count()) == (Status.NEW, 1, 0)
    assert actions.book_time(second, clinician, start + HOUR, by=by).status == Status.SCHEDULED


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("start", "sentence"),
    [
        (lambda: timezone.now() - HOUR, "has passed"),
        (lambda: free_time(dt.timedelta(days=380)), "more than a year"),
        (lambda: free_time().replace(hour=6), "closed"),
        (lambda: free_time().replace(hour=16, minute=30), "closed"),
        (lambda: free_time() + dt.timedelta(days=5 - free_time().weekday()), "closed"),
    ],
    ids=["past", "far", "before opening", "past closing", "saturday"],
)
def test_times_that_cannot_be_are_refused(start, sentence):
    request = make_request()
    with pytest.raises(TimeNotFree, match=sentence):
        actions.book_time(request, make_clinician(), start(), by=everybody())
    assert not request.visits.exists()


@pytest.mark.django_db
def test_what_was_on_offer_is_free_again():
    request, clinician, start = make_request(), make_clinician(), free_time()
    held = Visit.objects.create(
        request=request,
        clinician=clinician,
        starts_at=start,
        ends_at=start + HOUR,
        state=VisitState.HELD,
        held_until=start,
    )
    actions.book_time(request, clinician, start, by=everybody())
    held.refresh_from_db()
    assert held.state == VisitState.CANCELLED


@pytest.mark.django_db
def test_a_patient_who_was_seen_early_keeps_the_clinician_busy_to_the_end() -> None:
    request = make_request(Status.SCHEDULED)
    visit = request.visit
    assert visit is not None
    # Marked as seen at arrival; the rest of the visit lies ahead.
    Visit.objects.filter(pk=visit.pk).update(state=VisitState.SEEN)
    with pytest.raises(TimeNotFree, match="taken"):
        actions.book_time(make_request(), visit.clinician, visit.starts_at, by=everybody())


@pytest.mark.django_db(transaction=True)
def test_of_fifty_who_book_one_time_one_gets_it_and_forty_nine_read_a_sentence() -> None:
    clinician, start, by = make_clinician(), free_time(), everybody()
    requests = [make_request() for _number in range(50)]
    outcomes = at_once(lambda one: actions.book_time(one, clinician, start, by=by), requests)
    refused = {"That time is taken. Choose another one.", BUSY}
    assert outcomes.count("done") == 1 and set(outcomes) <= {"done"} | refused
    assert Visit.objects.filter(state=VisitState.BOOKED).count() == 1


@pytest.mark.django_db(transaction=True)
def test_who_waits_too_long_for_a_calendar_reads_a_sentence() -> None:
    clinician, start, by = make_clinician(), free_time(), everybody()
    request, kept, tried = make_request(), Event(), Event()

    def keep_the_calendar() -> None:
        try:
            with transaction.atomic():
                lock_calendars([clinician])
                kept.set()
                tried.wait(300)
        finally:
            connection.close()

    colleague = Thread(target=keep_the_calendar)
    colleague.start()
    assert kept.wait(300)
    try:
        with pytest.raises(TimeNotFree, match=BUSY), transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL lock_timeout = 50")
            actions.book_time(request, clinician, start, by=by)
    finally:
        tried.set()
        colleague.join()
    assert actions.book_time(request, clinician, start, by=by).status == Status.SCHEDULED
