"""From the answers of the steps to the two documents of a request, and back to be read."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from django import forms

from booking.forms.choices import NONE, Checklist
from booking.forms.safety import codes_of
from booking.intake.steps import BY_KEY, STEPS
from booking.intake.wizard import Wizard
from booking.rules.documents import Answers, Person
from booking.rules.questions import CONSENT_VERSION
from booking.rules.safety import VERSION, questions_for


def person_of(wizard: Wizard) -> Person:
    """Return the patient and who asks. Every step must be answered."""
    return Person(**_known(Person, _asked_now(wizard, "reason") | _asked_now(wizard, "you")))


def answers_of(wizard: Wizard) -> Answers:
    """Return what was answered: only to questions that are asked about the present topic."""
    kept: dict[str, Any] = {}
    for key in ("reason", "symptoms", "history"):
        kept |= _asked_now(wizard, key)
    asked = {question.code for question in questions_for(wizard.topic)}
    kept["safety"] = [code for code in wizard.kept["safety"]["checked"] if code in asked]
    kept["same_day_care"] = wizard.same_day_care
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


def kept_of(person: Person, answers: Answers) -> dict[str, dict[str, Any]]:
    """Return the answers by step, as they were kept before they became the two documents."""
    stored = {**vars(answers), **vars(person), "checked": answers.safety}
    kept: dict[str, dict[str, Any]] = {}
    for step in STEPS[:-1]:
        fields = Wizard(kept).form(step).fields
        kept[step.key] = {name: _as_kept(fields[name], stored[name]) for name in fields if name in stored}
    kept["safety"] = Wizard(kept).with_same_day_care(answers.same_day_care)
    return kept


def _as_kept(field: forms.Field, value: Any) -> Any:
    if not isinstance(value, tuple):
        return value
    return list(value) or ([NONE] if isinstance(field, Checklist) and field.none_label else [])
