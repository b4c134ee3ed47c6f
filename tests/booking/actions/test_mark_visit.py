"""What became of a visit."""

from __future__ import annotations

from threading import Thread

import pytest
from django.db import connection, transaction
from django.utils import timezone

from booking import actions
from booking.actions._calendar import lock_calendars
from booking.models.visit import VisitState
from booking.rules.errors import NotPossible, TimeNotFree
from booking.rules.statuses import Status
from tests.booking.actions.together import BUSY
from tests.factories import begin_visit, everybody, make_request

pytestmark = pytest.mark.django_db


@pytest.fixture
def begun():
    request = make_request(Status.SCHEDULED)
    begin_visit(request)
    return request


def test_seen_ends_the_request(begun):
    request = actions.mark_seen(begun, by=everybody())
    assert (request.status, request.visit.state) == (Status.SEEN, VisitState.SEEN)


def test_a_no_show_goes_back_into_review_and_frees_the_request(begun):
    request = actions.mark_no_show(begun, by=everybody())
    assert (request.status, request.visit) == (Status.IN_REVIEW, None)
    assert request.visits.get().state == VisitState.NO_SHOW
    assert request.owes_a_reply and request.reply_by > timezone.now(), "somebody must ask what became of them"


@pytest.mark.parametrize("verb", [actions.mark_seen, actions.mark_no_show])
def test_not_before_the_visit_has_begun(verb):
    request = make_request(Status.SCHEDULED)
    with pytest.raises(NotPossible, match="not begun"):
        verb(request, by=everybody())
    request.refresh_from_db()
    assert (request.status, request.visit.state) == (Status.SCHEDULED, VisitState.BOOKED)


@pytest.mark.django_db(transaction=True)
def test_nobody_books_beside_a_visit_while_it_is_marked(begun):
    """A seen visit takes its time to the end, and no constraint says so: the calendar is locked for it."""
    by, marks = everybody(), []

    def mark() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '200ms'")
        try:
            marks.append(actions.mark_seen(begun, by=by))
        except TimeNotFree as error:
            marks.append(str(error))
        finally:
            connection.close()

    with transaction.atomic():
        # What whoever books does first.
        lock_calendars([begun.visit.clinician])
        colleague = Thread(target=mark)
        colleague.start()
        colleague.join()
    assert marks == [BUSY]
    assert actions.mark_seen(begun, by=by).status == Status.SEEN
