"""The other language keeps the page and what was typed, and is offered only when it may be read."""

from __future__ import annotations

from typing import Any

import pytest

from booking.models import Draft
from tests.booking.intake.conftest import ANSWERS, SAFETY, Patient
from tests.booking.intake.test_gate import sign

PAGES = [
    "",
    "about/tmj/",
    *(f"{step}/" for step in ANSWERS),
    "check/",
    "clear/",
    "under-18/",
    "get-help-now/",
]


@pytest.mark.parametrize("page", PAGES)
def test_every_page_leads_to_its_twin_and_back(patient: Patient, page: str) -> None:
    patient.answer_to("you")
    for here, there, name in (
        (f"/consultation/{page}", f"/es/consultation/{page}", "Español"),
        (f"/es/consultation/{page}", f"/consultation/{page}", "English"),
    ):
        shown = patient.get(f"{here}?return=check").text
        assert f'"{there}?return=check"' in shown and f">{name}</" in shown
        assert patient.get(there).status_code == 200


@pytest.mark.parametrize("step", ANSWERS)
def test_what_was_typed_and_not_sent_goes_along(patient: Patient, step: str) -> None:
    patient.answer_to("you")
    before = Draft.objects.values().get()
    typed = {
        "in_own_words": "Duele <mucho>",
        "headache_days": "45",
        "full_name": "Ñ",
        "email": "half@",
        "pain": "3",
    }
    data = {name: typed.get(name, value) for name, value in ANSWERS[step].items()}
    shown = patient.post(f"/es/consultation/{step}/", {**data, "show_in": "es"})
    assert shown.status_code == 200
    form = shown.context["form"]
    assert not form.is_bound and "Hay un problema" not in shown.text
    for name, value in data.items():
        if name in form.fields and not form.fields[name].widget.is_hidden:
            assert form[name].value() == value, name
    assert Draft.objects.values().get() == before


def test_a_half_typed_date_goes_along(patient: Patient) -> None:
    patient.answer_to("history")
    data = {"birth_date_month": "3", "birth_date_day": "thirty", "birth_date_year": "", "show_in": "es"}
    shown = patient.post("/es/consultation/you/", data).text
    assert '<option value="3" selected>' in shown and 'value="thirty"' in shown


def test_enter_presses_the_button_that_goes_on(patient: Patient) -> None:
    """The first button of a form, wherever it stands in the page, is the one that Enter presses."""
    patient.answer_to("reason")
    shown = patient.look("safety").text
    buttons = [part.partition(">")[0] for part in shown.split("<button")[1:]]
    first = next(button for button in buttons if 'form="questions"' in button)
    assert "formaction" not in first and "show_in" not in first


def test_the_emergency_page_speaks_the_other_language_with_the_same_advice(patient: Patient) -> None:
    patient.answer_to("reason")
    shown = patient.answer("safety", checked=["HD-1"]).text
    assert 'action="/es/consultation/safety/"' in shown and 'name="checked" value="HD-1"' in shown
    data = {**SAFETY, "checked": ["HD-1"], "asked_for": "self"}
    spanish = patient.post("/es/consultation/safety/", data).text
    assert "Llame al 911 ahora" in spanish


def test_unsigned_spanish_is_not_offered_outside_a_demonstration(patient: Patient, settings: Any) -> None:
    settings.DEMO = False
    assert "Español" not in patient.get("/consultation/").text
    assert "Español" not in patient.get("/my-request/").text
    assert 'href="/consultation/"' in patient.get("/es/consultation/").text, "back to English always"
    sign("critical-spanish")
    assert "Español" in patient.get("/consultation/").text
