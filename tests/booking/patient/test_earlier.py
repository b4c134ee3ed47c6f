"""Patients ask for an earlier time on their page, and stop asking as easily; their visit stays theirs."""

from __future__ import annotations

from typing import Any

import pytest

from booking import actions
from booking.actions import Actor
from booking.models import ConsultationRequest, EarlierWish
from booking.rules.notice_period import NoticePeriod
from booking.rules.statuses import Status
from tests.booking.patient.conftest import Visitor
from tests.booking.patient.rows import rows
from tests.booking.patient.test_page import words
from tests.factories import begin_visit, everybody, free_time, make_request

ME = Actor.patient()
LISTED = "You are on the list for an earlier time"


@pytest.fixture
def asked(visitor: Visitor) -> ConsultationRequest:
    """A request with an agreed visit, opened by its patient."""
    request = make_request(Status.SCHEDULED)
    visitor.unlock(request)
    return request


def ask(visitor: Visitor, request: ConsultationRequest, **changes: Any) -> Any:
    return visitor.do(
        "earlier", **{"ahead": "days", "times": ["tue-am"], "version": request.version, **changes}
    )


def stop(visitor: Visitor) -> Any:
    return visitor.do("not-earlier", version=visitor.look().context["consultation"].version)


def test_asked_shown_and_left_with_one_press(visitor: Visitor, asked: ConsultationRequest) -> None:
    page = visitor.look().text
    assert "/my-request/earlier/" in page and "/my-request/not-earlier/" not in page
    form = words(visitor.look("earlier/"))
    assert "We cannot promise that one will." in form and "Clinic time" in form, (
        "it shows the visit it is about"
    )
    assert ask(visitor, asked).status_code == 303
    shown = visitor.look()
    assert LISTED in words(shown) and "Tell me at the latest: 3 days before" in words(shown)
    assert "Your visit stays yours until you say yes to a new time." in words(shown)
    assert "We reply by" not in words(shown), "nothing is promised"
    assert 'method="post" action="/my-request/not-earlier/"' in shown.text
    assert stop(visitor).status_code == 303
    left = words(visitor.look())
    assert "We stopped looking for an earlier time. Your visit stays as it is." in left and LISTED not in left
    asked.refresh_from_db()
    assert asked.status == Status.SCHEDULED and asked.visit is not None


def test_pressed_twice_is_asked_once(visitor: Visitor, asked: ConsultationRequest) -> None:
    for _press in range(3):
        assert ask(visitor, asked).status_code == 303
    assert asked.events.filter(verb="ask_earlier").count() == 1
    other = ask(visitor, asked, ahead="week")
    assert other.status_code == 409
    assert "Something changed while you were reading." in words(other)
    assert EarlierWish.objects.get().ahead == "days"


def test_stopping_twice_says_so_and_changes_nothing(visitor: Visitor, asked: ConsultationRequest) -> None:
    ask(visitor, asked)
    stop(visitor)
    before = rows()
    again = stop(visitor)
    assert again.status_code == 409
    assert "You are not on the list for an earlier time." in words(again)
    assert "You are not on the list for an earlier time." in words(visitor.look("not-earlier/"))
    assert rows() == before


@pytest.mark.parametrize("ahead", ["", "never", "days\x00", "x" * 5000, "<b>", "días"])
def test_what_is_not_on_the_short_list_is_a_problem_to_mend(
    visitor: Visitor, asked: ConsultationRequest, ahead: str
) -> None:
    before = rows()
    told = ask(visitor, asked, ahead=ahead)
    assert told.status_code == 200
    assert "<title>Error:" in told.text and 'href="#id_ahead_0"' in told.text
    assert "checked" in told.text, "the half days stay checked"
    assert rows() == before
    odd = ask(visitor, asked, times=["sun-am", "tue-am"])
    assert odd.status_code == 200 and "Select only answers from the list" in words(odd)
    assert rows() == before


def test_a_page_that_is_no_longer_true_asks_again_with_what_was_chosen(
    visitor: Visitor, asked: ConsultationRequest
) -> None:
    actions.move_visit(asked, asked.visit.clinician, free_time().replace(hour=9), by=everybody())
    told = ask(visitor, asked)
    assert told.status_code == 409
    assert "Something changed while you were reading." in words(told)
    assert told.text.count(" checked") == 2
    assert not EarlierWish.objects.exists()
    assert ask(visitor, told.context["consultation"]).status_code == 303


def test_too_late_is_a_sentence(visitor: Visitor, asked: ConsultationRequest) -> None:
    begin_visit(asked)
    told = ask(visitor, asked)
    assert told.status_code == 409 and "The visit has begun already." in words(told)
    assert "/my-request/earlier/" not in visitor.look().text
    assert not EarlierWish.objects.exists()


def test_what_staff_noted_shows_and_can_be_left(visitor: Visitor, asked: ConsultationRequest) -> None:
    actions.wish_earlier(asked, wanted=True, by=everybody())
    page = words(visitor.look())
    assert LISTED in page and "Tell me at the latest" not in page
    assert stop(visitor).status_code == 303
    assert not EarlierWish.objects.exists()


def test_it_is_said_in_spanish(visitor: Visitor, asked: ConsultationRequest) -> None:
    actions.ask_earlier(asked, ahead=NoticePeriod.DAY, by=ME)
    page = words(visitor.get("/es/my-request/"))
    assert "Está en la lista para una cita antes" in page and "Avisarme a más tardar: 1 día antes" in page
    assert "¿Cuándo debemos avisarle, a más tardar?" in words(visitor.get("/es/my-request/earlier/"))


def test_choices_go_along_to_the_other_language(visitor: Visitor, asked: ConsultationRequest) -> None:
    before = rows()
    data = {"ahead": "week", "times": ["mon-am"], "version": asked.version, "show_in": "es"}
    assert visitor.post("/es/my-request/earlier/", data).text.count(" checked") == 2
    assert rows() == before
