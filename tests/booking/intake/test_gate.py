"""Outside a demonstration the form stays closed until what it needs is signed off."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User

from booking.intake import gate
from booking.models import Draft
from booking.rules import safety
from tests.booking.intake.conftest import ANSWERS, Patient
from treatments import signoff
from treatments.models import SignOff
from treatments.signoff import Subject


@pytest.fixture
def facts(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Clinic facts whose fingerprint a test can change, beside the real safety rules."""
    digests = {"clinic-facts": signoff.digest("facts")}

    def subjects() -> list[Subject]:
        rules = Subject("safety-rules", "rules", safety.digest)
        return [rules, Subject("clinic-facts", "facts", lambda: digests["clinic-facts"])]

    monkeypatch.setattr(signoff, "subjects", subjects)
    return digests


@pytest.fixture
def real(settings: Any, patient: Patient) -> Patient:
    """A patient at a clinic that is no demonstration."""
    settings.DEMO = False
    return patient


def sign(key: str, digest: str) -> None:
    user, _made = User.objects.get_or_create(username="signer")
    SignOff.objects.create(subject=key, digest=digest, signed_by=user, signer_name="Signer", credential="MD")


def test_the_safety_rules_can_be_signed_off(db: None) -> None:
    assert {subject.key: subject.digest() for subject in signoff.subjects()}[
        "safety-rules"
    ] == safety.digest()


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
    sign("safety-rules", safety.digest())
    assert not gate.is_open()
    sign("clinic-facts", facts["clinic-facts"])
    assert gate.is_open()
    assert real.start().status_code == 303


def test_a_changed_fact_or_rule_closes_it_again(
    real: Patient, facts: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    sign("safety-rules", safety.digest())
    sign("clinic-facts", facts["clinic-facts"])
    facts["clinic-facts"] = signoff.digest("another phone number")
    assert not gate.is_open()
    facts["clinic-facts"] = signoff.digest("facts")
    assert gate.is_open()
    monkeypatch.setattr(safety, "VERSION", "changed")
    assert not gate.is_open()


def test_facts_that_nobody_registered_count_as_unsigned(
    real: Patient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signoff, "subjects", lambda: [Subject("safety-rules", "rules", safety.digest)])
    sign("safety-rules", safety.digest())
    assert not gate.is_open()
