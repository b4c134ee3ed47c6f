"""The two documents that a request is made of."""

from __future__ import annotations

from datetime import date

from booking.intake.documents import answers_of, person_of
from booking.intake.wizard import Wizard
from booking.rules.questions import CONSENT_VERSION
from booking.rules.safety import VERSION
from tests.booking.intake.test_wizard import ALL, SAFETY, SYMPTOMS, YOU


def test_the_person_is_what_was_typed() -> None:
    person = person_of(Wizard({**ALL, "you": {**YOU, "days": ["tue"], "email": "a@example.org"}}))
    assert (person.full_name, person.born) == ("Test Patient 07", date(1980, 1, 7))
    assert (person.phone, person.email, person.days) == ("+15205550107", "a@example.org", ("tue",))


def test_the_answers_carry_the_versions_of_rules_and_consent() -> None:
    answers = answers_of(Wizard(ALL))
    assert (answers.rules_version, answers.consent_version) == (VERSION, CONSENT_VERSION)
    assert (answers.peg, answers.headache_days, answers.tried, answers.safety) == (7.0, 19, (), ())


def test_answers_to_questions_that_the_topic_does_not_ask_are_left_out() -> None:
    kept = {
        **ALL,
        "reason": {"topic": "back-pain", "reason": ""},
        "safety": {**SAFETY, "checked": ["HD-7", "ALL-6"]},
        "symptoms": SYMPTOMS,
    }
    answers = answers_of(Wizard(kept))
    assert answers.safety == ("ALL-6",)
    assert answers.headache_days is None and answers.medicine_days is None
