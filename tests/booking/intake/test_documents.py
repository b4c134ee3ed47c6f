"""The two documents that a request is made of."""

from __future__ import annotations

from datetime import date

import pytest

from booking.intake.documents import answers_of, kept_of, person_of
from booking.intake.summary import panels
from booking.intake.wizard import Wizard
from booking.rules.questions import CONSENT_VERSION
from booking.rules.safety import VERSION
from tests.booking.intake.test_wizard import ALL, ASKER, REASON, SAFETY, SYMPTOMS, YOU


def test_the_person_is_what_was_typed() -> None:
    person = person_of(Wizard({**ALL, "you": {**YOU, "times": ["tue-am"], "email": "a@example.org"}}))
    assert (person.full_name, person.born) == ("Test Patient 07", date(1980, 1, 7))
    assert (person.phone, person.email, person.times) == ("+15205550107", "a@example.org", ("tue-am",))
    assert (person.who_for, person.asker_name) == ("self", "")


def test_who_asks_for_somebody_else_is_kept_beside_the_patient() -> None:
    kept = {**ALL, "reason": {**REASON, "who_for": "adult"}, "you": {**YOU, **ASKER}}
    person = person_of(Wizard(kept))
    assert (person.who_for, person.asker_name, person.relation) == ("adult", "Test Carer 07", "guardian")
    assert (person.full_name, person.may_speak) == ("Test Patient 07", "yes")


@pytest.mark.parametrize("who_for", ["self", "adult"])
def test_the_two_documents_read_back_as_the_answers_by_step(who_for: str) -> None:
    kept = {**ALL, "reason": {**REASON, "who_for": who_for}, "you": {**YOU, **ASKER, "times": ["mon-pm"]}}
    wizard = Wizard(kept)
    again = Wizard(kept_of(person_of(wizard), answers_of(wizard)))
    assert [[row.lines for row in panel.rows] for panel in panels(again)] == [
        [row.lines for row in panel.rows] for panel in panels(wizard)
    ]


def test_the_answers_carry_the_versions_of_rules_and_consent() -> None:
    answers = answers_of(Wizard(ALL))
    assert (answers.rules_version, answers.consent_version) == (VERSION, CONSENT_VERSION)
    assert (answers.peg, answers.headache_days, answers.tried, answers.safety) == (7.0, 19, (), ())


def test_answers_to_questions_that_the_topic_does_not_ask_are_left_out() -> None:
    kept = {
        **ALL,
        "reason": {**REASON, "topic": "back-pain"},
        "safety": {**SAFETY, "checked": ["HD-7", "ALL-6"]},
        "symptoms": {**SYMPTOMS, "where": ["leg"], "features": ["none"], "asked_about": "back-pain"},
    }
    answers = answers_of(Wizard(kept))
    assert answers.safety == ("ALL-6",)
    assert (answers.where, answers.features) == (("leg",), ())
    assert answers.headache_days is None and answers.medicine_days is None
