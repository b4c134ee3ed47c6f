"""What the request page tells of the other requests of a person."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from booking import actions
from booking.actions import Actor
from booking.admin.consultation.earlier_visits import change_words, visit_words
from booking.models import AccessLog, ConsultationRequest
from booking.models.access import Look
from booking.models.visit import VisitState
from booking.rules.errors import NotAllowed
from booking.rules.reasons import CancelReason
from booking.rules.roles import Role
from booking.rules.statuses import Status
from tests.booking.admin.conftest import page
from tests.factories import (
    begin_visit,
    everybody,
    free_time,
    make_answers,
    make_clinician,
    make_person,
    make_request,
    make_staff,
)

pytestmark = pytest.mark.django_db


def told(browser: Client, request: ConsultationRequest) -> str:
    """Return the section on the same person, in one line."""
    text = browser.get(page(request)).text.split('id="same-title"')[1].split("</section>")[0]
    return " ".join(text.split())


def scored(pain: int, **fields: object) -> ConsultationRequest:
    return make_request(answers=make_answers(pain=pain, enjoyment=pain, activity=pain), **fields)  # type: ignore[arg-type]


def test_what_became_of_the_visit_and_how_it_was_closed(nurse: Client, reception: Client) -> None:
    person = make_person()
    seen, closed = make_request(Status.SEEN, person=person), make_request(Status.CLOSED, person=person)
    made = make_request(person=person)
    visit = seen.visit
    assert visit is not None
    for browser in (nurse, reception):
        text = told(browser, made)
        assert f"by {visit.clinician.name}" in text and "Seen on " in text
        assert "Closed: Another reason" in text and page(closed) in text


@pytest.mark.parametrize(
    ("state", "words"),
    [(VisitState.BOOKED, "Visit on Nov 3, 2026 with Demo"), (VisitState.SEEN, "Seen on Nov 3, 2026 by Demo"),
     (VisitState.NO_SHOW, "No-show on Nov 3, 2026 with Demo"),
     (VisitState.CANCELLED, "Cancelled: visit on Nov 3, 2026 with Demo")],
)  # fmt: skip
def test_a_visit_in_words_on_the_day_of_the_clinic(state: VisitState, words: str) -> None:
    # Still Tuesday evening in Arizona.
    visit = {"state": state.value, "starts_at": "2026-11-04T05:00:00+00:00", "clinician": "Demo"}
    with timezone.override("America/Phoenix"):
        assert visit_words(visit) == words


def test_a_visit_that_took_place_tells_more_than_one_that_was_cancelled_later(nurse: Client) -> None:
    person, by = make_person(), everybody()
    earlier = make_request(Status.SCHEDULED, person=person)
    begin_visit(earlier)
    earlier = actions.mark_no_show(earlier, by=by)
    earlier = actions.book_time(earlier, make_clinician(), free_time(), by=by)
    actions.cancel_visit(earlier, CancelReason.PATIENT, by=by)
    text = told(nurse, make_request(person=person))
    assert "No-show on" in text and "Cancelled" not in text


def test_both_scores_and_the_change_in_words_the_earlier_first(nurse: Client) -> None:
    person = make_person()
    first, second = scored(8, person=person), scored(5, person=person)
    assert "PEG, mean: 8.0 of 10 then, 5.0 here: 3.0 lower, better" in told(nurse, second)
    assert "PEG, mean: 8.0 of 10 here, 5.0 there: 3.0 lower, better" in told(nurse, first)


def test_scores_of_two_conditions_are_not_set_against_each_other(nurse: Client) -> None:
    person = make_person()
    scores = {"pain": 8, "enjoyment": 8, "activity": 8}
    make_request(person=person, answers=make_answers(topic="tmj", where=(), **scores))
    text = told(nurse, scored(5, person=person))
    assert "PEG, mean: 8.0 of 10<" in text and "better" not in text


@pytest.mark.parametrize(
    ("change", "words"), [(0.0, "no change"), (0.7, "0.7 higher, worse"), (-1.3, "1.3 lower, better")]
)
def test_a_change_in_words(change: float, words: str) -> None:
    assert change_words(change) == words


def test_a_score_that_is_lacking_is_not_made_up(nurse: Client) -> None:
    person = make_person()
    call = make_request(person=person, answers=make_answers(pain=None))
    web = scored(6, person=person)
    assert "PEG" not in told(nurse, web)
    assert "PEG, mean: 6.0 of 10<" in told(nurse, call)


def test_reception_reads_no_score_and_none_is_opened(reception: Client) -> None:
    person = make_person()
    earlier, made = scored(8, person=person), scored(5, person=person)
    text = told(reception, made)
    assert page(earlier) in text and "PEG" not in text
    assert not AccessLog.objects.filter(request=earlier).exists()


def test_a_score_is_read_on_record_and_is_no_presence(nurse: Client, as_role: Callable[..., Client]) -> None:
    person = make_person()
    earlier, made = scored(8, person=person), scored(5, person=person)
    told(nurse, made)
    assert AccessLog.objects.get(request=earlier).look == Look.BESIDE
    assert "Compared its PEG with another request" in nurse.get(page(earlier, "history")).text
    assert "looks at this" not in as_role(Role.NURSE).get(page(earlier)).text


def test_of_somebody_who_shares_the_number_nothing_more_is_told(nurse: Client) -> None:
    person = make_person()
    child = make_request(Status.SEEN, person=person.changed(birth_date="2001-02-03"))
    text = told(nurse, scored(5, person=person))
    assert page(child) in text and "Seen on" not in text and "PEG" not in text
    assert not AccessLog.objects.filter(request=child).exists()


def test_answers_that_do_not_open_leave_the_page_standing(nurse: Client) -> None:
    person = make_person()
    earlier, made = scored(8, person=person), scored(5, person=person)
    ConsultationRequest.objects.filter(pk=earlier.pk).update(sealed_answers=b"1|lost|" + bytes(40))
    text = told(nurse, made)
    assert page(earlier) in text and "PEG" not in text


def test_many_requests_of_a_person_cost_no_more_queries(nurse: Client) -> None:
    person, counts = make_person(), []
    made = scored(5, person=person)
    for _ in range(3):
        make_request(Status.SEEN, person=person)
        told(nurse, made)
        with CaptureQueriesContext(connection) as queries:
            assert "Seen on" in told(nurse, made)
        counts.append(len(queries))
    assert len(set(counts)) == 1 and counts[0] <= 8


def test_a_look_beyond_reach_is_refused_on_record() -> None:
    theirs = actions.assign(make_request(), make_staff(Role.CLINICIAN), by=everybody())
    for role in (Role.CLINICIAN, Role.RECEPTION):
        by = Actor.staff(make_staff(role))
        with pytest.raises(NotAllowed):
            actions.record_looks(Look.BESIDE, [make_request().pk, theirs.pk], by=by)
        assert [look.look for look in AccessLog.objects.filter(user=by.user)] == [Look.DENIED]
