"""One form makes one request, whatever is clicked twice."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from http.cookies import SimpleCookie
from threading import Barrier

import pytest
from django.db import connections
from django.utils import timezone

from booking.actions import purge
from booking.models import ConsultationRequest, DailyCount, Draft, Event, Message
from tests.booking.intake.conftest import CONSENT, SAFETY, Patient

AT_ONCE = 50
EARLIER = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def at_once(cookies: SimpleCookie, path: str, data: dict[str, object]) -> list[tuple[int, str]]:
    """Post the same form from many threads that start together; return status and address of each."""
    barrier = Barrier(AT_ONCE)

    def click(_number: int) -> tuple[int, str]:
        browser = Patient()
        browser.cookies = SimpleCookie(cookies.output(header="", sep=";"))
        barrier.wait(300)
        try:
            response = browser.post(path, data)
            return response.status_code, response.headers.get("Location", "")
        finally:
            connections.close_all()

    with ThreadPoolExecutor(AT_ONCE) as clicks:
        return list(clicks.map(click, range(AT_ONCE)))


@pytest.mark.django_db(transaction=True)
def test_fifty_clicks_at_once_make_one_request() -> None:
    patient = Patient()
    patient.answer_to("you")
    rev = patient.look("check").context["rev"]
    answers = at_once(patient.cookies, "/consultation/check/", {"rev": rev, **CONSENT})
    assert set(answers) == {(303, "/consultation/sent/")}
    assert ConsultationRequest.objects.count() == 1
    assert Event.objects.count() == 1
    assert Message.objects.count() == 2
    assert ConsultationRequest.objects.get().idempotency_key == Draft.objects.get().idempotency_key


@pytest.mark.django_db(transaction=True)
def test_fifty_clicks_on_a_911_answer_count_once() -> None:
    patient = Patient()
    patient.answer_to("reason")
    answers = at_once(patient.cookies, "/consultation/safety/", {**SAFETY, "checked": ["HD-1"]})
    assert {status for status, _address in answers} == {200}
    assert DailyCount.objects.get(kind="emergency").count == 1
    assert not Draft.objects.exists()


@pytest.mark.parametrize("step", ["check", "you", "same-day"])
def test_long_after_sending_every_page_still_says_that_it_was_sent(patient: Patient, step: str) -> None:
    patient.answer_to("you")
    patient.send()
    Draft.objects.update(expires_at=timezone.now() - dt.timedelta(seconds=1), created_at=EARLIER)
    purge()
    answers = [patient.look(step)]
    if step != "same-day":
        answers.append(patient.post(f"/consultation/{step}/", CONSENT))
    for answer in answers:
        assert (answer.status_code, answer.headers["Location"]) == (303, "/consultation/sent/")
    assert "We have your request" in patient.look("sent").text
