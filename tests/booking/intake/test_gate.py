"""Outside a demonstration the form stays closed until what it needs is signed off."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils.translation import gettext, override

from booking import signing
from booking.intake import gate
from booking.models import Draft
from booking.rules import safety
from tests.booking.intake.conftest import ANSWERS, Patient
from treatments.editorial import signoff
from treatments.editorial.signoff import SignedLine, Subject
from treatments.models import SignOff
from treatments.models.signoffs import SIGN_FACTS


@pytest.fixture
def facts(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Clinic facts that a test can change, beside the real safety rules."""
    words = {"clinic-facts": "facts"}

    def subjects() -> list[Subject]:
        return [
            Subject("clinic-facts", "facts", lambda: [SignedLine("phone", words["clinic-facts"])], SIGN_FACTS)
        ]

    monkeypatch.setitem(signoff._providers, "clinic-facts", subjects)
    return words


@pytest.fixture
def real(settings: Any, patient: Patient) -> Patient:
    """A patient at a clinic that is no demonstration."""
    settings.DEMO = False
    return patient


def sign(*keys: str) -> None:
    user, _made = User.objects.get_or_create(username="signer")
    for key in keys:
        digest = signoff.find(key).digest()
        SignOff.objects.create(
            subject=key, digest=digest, signed_by=user, signer_name="Signer", credential="MD"
        )


def test_a_demonstration_is_open(patient: Patient) -> None:
    assert gate.is_open()


def test_closed_shows_the_phone_number_in_place_of_every_page(real: Patient) -> None:
    from django.core.management import call_command

    call_command("load_content", demo=True, verbosity=0)
    for path in (
        "",
        "about/migraine/",
        "same-day/",
        "under-18/",
        *(f"{step}/" for step in ANSWERS),
        "check/",
    ):
        response = real.get(f"/consultation/{path}")
        page = response.content.decode()
        assert response.status_code == 200, path
        assert "The online form is not open yet" in page and 'href="tel:+14805550100"' in page
        assert "<form" not in page


def test_closed_takes_nothing(real: Patient) -> None:
    assert real.start().status_code == 503
    assert real.answer("reason").status_code == 503
    assert not Draft.objects.exists()


def test_both_signatures_open_it(real: Patient, facts: dict[str, str]) -> None:
    sign("safety-rules")
    assert not gate.is_open()
    sign("clinic-facts")
    assert gate.is_open()
    assert real.start().status_code == 303


def test_a_changed_fact_or_rule_closes_it_again(
    real: Patient, facts: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    sign("safety-rules", "clinic-facts")
    facts["clinic-facts"] = "another phone number"
    assert not gate.is_open()
    facts["clinic-facts"] = "facts"
    assert gate.is_open()
    monkeypatch.setattr(safety, "VERSION", "changed")
    assert not gate.is_open()


def test_facts_that_nobody_registered_count_as_unsigned(
    real: Patient, facts: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    sign("safety-rules", "clinic-facts")
    monkeypatch.delitem(signoff._providers, "clinic-facts")
    assert not gate.is_open()


def test_the_spanish_form_waits_for_a_translator(real: Patient, facts: dict[str, str]) -> None:
    sign("safety-rules", "clinic-facts")
    assert gate.is_open("en") and not gate.is_open("es")
    closed = real.get("/es/consultation/")
    assert closed.status_code == 200
    assert b"<form" not in closed.content
    assert real.post("/es/consultation/").status_code == 503
    assert not Draft.objects.exists()
    sign("critical-spanish")
    assert gate.is_open("es")


def test_any_changed_spanish_sentence_closes_the_spanish_form_alone(
    real: Patient, facts: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    sign("safety-rules", "clinic-facts", "critical-spanish")
    lines = signoff.find("critical-spanish").lines()
    monkeypatch.setattr(signing, "spanish_lines", lambda: [replace(lines[0], text="Otro"), *lines[1:]])
    assert gate.is_open("en") and not gate.is_open("es")


def test_a_demonstration_says_that_its_spanish_awaits_a_translator(
    patient: Patient, facts: dict[str, str]
) -> None:
    words = "Spanish text awaits a qualified human translator."
    with override("es"):
        spanish = gettext(words)
    assert spanish in patient.get("/es/consultation/").content.decode()
    assert words not in patient.get("/consultation/").content.decode()
    sign("critical-spanish")
    assert spanish not in patient.get("/es/consultation/").content.decode()
