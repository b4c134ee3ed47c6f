"""From the answers of the steps to the two documents of a request."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from booking.forms.safety import codes_of
from booking.intake.steps import BY_KEY
from booking.intake.wizard import Wizard
from booking.rules.documents import Answers, Person
from booking.rules.questions import CONSENT_VERSION
from booking.rules.safety import VERSION, questions_for


def person_of(wizard: Wizard) -> Person:
    """Return who asks. Every step must be answered."""
    kept = _asked_now(wizard, "you")
    return Person(**_known(Person, kept))


def answers_of(wizard: Wizard) -> Answers:
    """Return what was answered: only to questions that are asked about the present topic."""
    kept: dict[str, Any] = {}
    for key in ("reason", "symptoms", "history"):
        kept |= _asked_now(wizard, key)
    asked = {question.code for question in questions_for(wizard.topic)}
    kept["safety"] = [code for code in wizard.kept["safety"]["checked"] if code in asked]
    return Answers(**_known(Answers, kept), rules_version=VERSION, consent_version=CONSENT_VERSION)


def _asked_now(wizard: Wizard, key: str) -> dict[str, Any]:
    return {name: wizard.kept[key][name] for name in wizard.form(BY_KEY[key]).fields}


def _known(document: type[Person] | type[Answers], kept: dict[str, Any]) -> dict[str, Any]:
    names = {field.name for field in fields(document)}
    return {
        name: tuple(codes_of(value)) if isinstance(value, list) else value
        for name, value in kept.items()
        if name in names
    }
