"""The database goes away: nothing typed is lost, nothing untrue is said, and nothing is sent twice."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import InterfaceError, OperationalError, transaction
from django.test import Client

from booking import actions
from booking.intake import drafts
from booking.intake.views import form_recovery
from booking.models import ConsultationRequest
from booking.rules.safety import BY_CODE
from tests.booking.intake.conftest import ANSWERS, CONSENT, SAFETY, YOU, Patient


@pytest.fixture(params=[OperationalError, InterfaceError])
def away(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """The first look for a draft fails; the tests have no database either, so a query would be noticed."""

    def fail(*args: Any) -> None:
        raise request.param("no connection")

    monkeypatch.setattr(drafts, "draft_of", fail)
    monkeypatch.setattr(drafts, "forget", fail)
    monkeypatch.setattr(drafts, "may_begin", fail)
    monkeypatch.setattr("treatments.pages.menu.read", fail)
    monkeypatch.setattr("treatments.clinic.clinic.read", fail)
    monkeypatch.setattr("treatments.editorial.signoff.newest", fail)


@pytest.mark.usefixtures("away")
@pytest.mark.parametrize("step", ANSWERS)
def test_a_step_gives_back_what_was_typed(step: str) -> None:
    data = {**ANSWERS[step], "asked_about": "migraine", "asked_for": "self"}
    answer = Client().post(f"/consultation/{step}/", data)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "30"
    assert "Not received yet" in answer.text
    form = answer.context["form"]
    for name in ANSWERS[step].keys() & form.fields.keys():
        assert form[name].value() == form.fields[name].widget.value_from_datadict(form.data, form.files, name)
    assert 'action="/consultation/' in answer.text


@pytest.mark.usefixtures("away")
def test_typed_words_stand_in_their_fields() -> None:
    data = {**YOU, "full_name": "Nguyễn O’Brien", "asked_about": "tmj", "asked_for": "self"}
    answer = Client().post("/consultation/you/", data)
    assert 'value="Nguyễn O’Brien"' in answer.text
    assert 'value="(520) 555-0107"' in answer.text


@pytest.mark.usefixtures("away")
def test_the_page_speaks_spanish_too() -> None:
    answer = Client().post("/es/consultation/you/", YOU)
    assert "Todavía no nos llegó" in answer.text


@pytest.mark.usefixtures("away")
def test_an_emergency_is_still_an_emergency() -> None:
    answer = Client().post("/consultation/safety/", {**SAFETY, "checked": ["ALL-1"]})
    assert answer.status_code == 200
    assert "tel:911" in answer.text
    assert "Not received yet" not in answer.text


@pytest.mark.usefixtures("away")
@pytest.mark.parametrize(
    ("base", "words"),
    [("/consultation/", "Not received yet"), ("/es/consultation/", "Todavía no nos llegó")],
)
@pytest.mark.parametrize("path", ["", "same-day/", "under-18/", "get-help-now/", "clear/"])
def test_a_page_between_the_steps_gives_back_its_button(base: str, words: str, path: str) -> None:
    answer = Client().post(
        f"{base}{path}", {"topic": "migraine", "who_for": "self", "same_day_care": "today"}
    )
    assert answer.status_code == 503 and answer.headers["Retry-After"] == "30"
    assert words in answer.text
    assert f'method="post" action="{base}{path}"' in answer.text


@pytest.mark.usefixtures("away")
def test_the_same_day_page_comes_back_with_its_advice() -> None:
    answer = Client().post(
        "/consultation/same-day/", {"same_day_care": "today", "shown_sign": ["HD-3", "ALL-1"]}
    )
    assert "A doctor should check this today" in answer.text
    assert str(BY_CODE["HD-3"].text) in answer.text and str(BY_CODE["ALL-1"].text) not in answer.text
    assert 'name="same_day_care" value="today"' in answer.text
    assert 'name="shown_sign" value="HD-3"' in answer.text


@pytest.mark.usefixtures("away")
def test_the_button_that_begins_a_request_keeps_what_it_carried() -> None:
    data = {"topic": "migraine", "from_step": "you", "full_name": "O’Brien"}
    answer = Client().post("/consultation/", data)
    for name, value in data.items():
        assert f'<input type="hidden" name="{name}" value="{value}">' in answer.text


@pytest.mark.usefixtures("away")
def test_the_last_step_keeps_consent_and_revision() -> None:
    answer = Client().post("/consultation/check/", {"rev": "7", **CONSENT})
    assert answer.status_code == 503
    assert 'name="rev" value="7"' in answer.text
    assert "Your answers are kept" in answer.text


@pytest.mark.usefixtures("away")
def test_a_look_at_a_page_gets_the_plain_error_page() -> None:
    answer = Client(raise_request_exception=False).get("/consultation/you/")
    assert answer.status_code == 503


@pytest.mark.django_db(transaction=True)
def test_a_commit_that_arrived_although_the_connection_broke(monkeypatch: pytest.MonkeyPatch) -> None:
    patient = ready()
    submit = actions.submit

    def and_break(*args: Any, **kwargs: Any) -> None:
        submit(*args, **kwargs)
        raise OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr(actions, "submit", and_break)
    answer = patient.send()
    assert answer.headers["Location"] == "/consultation/sent/"
    assert ConsultationRequest.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_commit_that_did_not_arrive(monkeypatch: pytest.MonkeyPatch) -> None:
    patient = ready()
    submit = actions.submit

    def break_before(*args: Any, **kwargs: Any) -> None:
        with transaction.atomic():
            submit(*args, **kwargs)
            raise OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr(actions, "submit", break_before)
    answer = patient.send()
    assert answer.status_code == 503
    assert "Not received yet" in answer.text
    assert not ConsultationRequest.objects.exists()
    monkeypatch.setattr(actions, "submit", submit)
    assert patient.send().headers["Location"] == "/consultation/sent/"
    assert ConsultationRequest.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_when_nobody_can_tell_the_page_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    patient = ready()

    def fail(*args: Any, **kwargs: Any) -> None:
        raise OperationalError("gone")

    rev = patient.look("check").context["rev"]
    monkeypatch.setattr(actions, "submit", fail)
    monkeypatch.setattr(form_recovery.transaction, "atomic", fail)
    answer = patient.post("/consultation/check/", {"rev": rev, **CONSENT})
    assert answer.status_code == 503
    assert "We cannot tell yet whether this reached us" in answer.text


def ready() -> Patient:
    patient = Patient()
    patient.answer_to("you")
    return patient
