"""The draft is gone; the answers of the page that was just sent are not."""

from __future__ import annotations

import datetime as dt
from html.parser import HTMLParser
from typing import Any

import pytest
from django.http import HttpResponse
from django.utils import timezone

from booking.models import Draft
from tests.booking.intake.conftest import ANSWERS, SYMPTOMS_ABOUT, Patient

LONG_AGO = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


class Hidden(HTMLParser):
    """The hidden fields of the form that starts again with what was typed."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, list[str]] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "input" and found.get("type") == "hidden":
            self.fields.setdefault(str(found["name"]), []).append(str(found["value"]))


def run_out() -> None:
    Draft.objects.update(created_at=LONG_AGO, expires_at=timezone.now() - dt.timedelta(seconds=1))


def sent_too_late(patient: Patient, step: str, **changes: Any) -> HttpResponse:
    asked = {"asked_about": "migraine", "asked_for": "self"}
    return patient.answer(step, **{**asked, **changes})


def start_again(patient: Patient, told: HttpResponse) -> Draft:
    page = Hidden()
    page.feed(told.text)
    answer = patient.post(patient.base, page.fields)
    assert answer.headers["Location"] == "/consultation/reason/"
    return Draft.objects.latest("created_at")


@pytest.mark.parametrize("step", ["reason", "symptoms", "history", "you"])
def test_a_step_sent_too_late_begins_a_new_draft_with_its_answers(patient: Patient, step: str) -> None:
    patient.answer_to("you")
    before = Draft.objects.get().steps
    run_out()
    told = sent_too_late(patient, step)
    assert told.status_code == 410
    assert "the answers of this page are still here" in told.text
    kept = start_again(patient, told).steps
    assert kept[step] == before[step]
    assert kept.keys() == {"about", step}
    assert 'value="migraine" id="id_topic_0" checked' in patient.look("reason").text or step == "reason"


def test_every_later_page_shows_what_was_carried_and_asks_the_rest(patient: Patient) -> None:
    patient.answer_to("symptoms")
    run_out()
    start_again(patient, sent_too_late(patient, "history", allergies="Latex <gloves>"))
    for step in ("reason", "safety", "symptoms"):
        patient.answer(step)
    assert "Latex &lt;gloves&gt;" in patient.look("history").text


def test_of_a_page_with_mistakes_all_that_is_in_order_is_carried(patient: Patient) -> None:
    told = sent_too_late(patient, "you", birth_date_day="45")
    kept = start_again(patient, told).steps["you"]
    assert kept["full_name"] == "Test Patient 07" and "birth_date" not in kept


def test_a_sign_of_danger_in_it_is_asked_about_once_more(patient: Patient) -> None:
    about_jaw = {**SYMPTOMS_ABOUT["tmj"], "jaw_opening": "none", "asked_about": "tmj"}
    kept = start_again(patient, sent_too_late(patient, "symptoms", **about_jaw)).steps["symptoms"]
    assert kept["pain"] == 7 and "jaw_opening" not in kept


def test_a_childs_birth_date_is_not_carried(patient: Patient) -> None:
    kept = start_again(patient, sent_too_late(patient, "you", birth_date_year="2020")).steps["you"]
    assert "birth_date" not in kept


@pytest.mark.parametrize("step", ["safety", "check"])
def test_the_safety_check_and_the_consent_are_never_carried(patient: Patient, step: str) -> None:
    told = patient.post(f"/consultation/{step}/", ANSWERS.get(step, {"consent": "on"}))
    assert told.status_code == 410
    assert "nothing is kept here" in told.text
    patient.post(patient.base, {"from_step": step, "checked": ["none"], "consent": "on"})
    assert Draft.objects.get().steps == {}


@pytest.mark.parametrize("step", ["nowhere", "\x00", "reason' OR 1=1--", "x" * 5000])
def test_an_odd_step_begins_an_empty_draft(patient: Patient, step: str) -> None:
    patient.post(patient.base, {"from_step": step, "full_name": "x"})
    assert Draft.objects.get().steps == {}
