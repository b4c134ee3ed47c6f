"""Where a person stands, without any HTTP."""

from __future__ import annotations

from typing import Any

import pytest

from booking.intake.steps import BY_KEY, CHECK, STEPS
from booking.intake.wizard import Wizard
from booking.rules.safety import questions_for

REASON = {"topic": "migraine", "reason": ""}
SAFETY = {"checked": ["none"], "asked": [question.code for question in questions_for("migraine")]}
SYMPTOMS: dict[str, Any] = {
    "pain": 7,
    "enjoyment": 8,
    "activity": 6,
    "duration": "years",
    "headache_days": 19,
    "headache_hours": "over-4",
    "medicine_days": 8,
    "in_own_words": "",
}
HISTORY = {"tried": ["none"], "tried_other": "", "health": ["none"], "last_toxin": "never", "allergies": ""}
YOU = {
    "full_name": "Test Patient 07",
    "birth_date": "1980-01-07",
    "been_here": "new",
    "phone": "+15205550107",
    "email": "",
    "channel": "phone",
    "leave_message": "yes",
    "days": [],
    "day_parts": [],
    "language": "en",
    "interpreter": "no",
    "access_needs": "",
    "payment": "insured",
}
ALL = {"reason": REASON, "safety": SAFETY, "symptoms": SYMPTOMS, "history": HISTORY, "you": YOU}


def test_the_steps_come_in_the_order_that_asks_for_safety_before_the_name() -> None:
    assert [step.key for step in STEPS] == ["reason", "safety", "symptoms", "history", "you", "check"]


def test_nothing_answered_opens_the_first_step_alone() -> None:
    wizard = Wizard({})
    assert wizard.first_open().key == "reason"
    assert wizard.missing_before(BY_KEY["reason"]) is None
    assert all(wizard.missing_before(step) == BY_KEY["reason"] for step in STEPS[1:])


@pytest.mark.parametrize("place", range(5))
def test_the_first_open_step_follows_what_is_answered(place: int) -> None:
    kept = dict(list(ALL.items())[:place])
    assert Wizard(kept).first_open() == STEPS[place]


def test_everything_answered_leads_to_the_check_page() -> None:
    wizard = Wizard(ALL)
    assert wizard.first_open() is CHECK
    assert wizard.missing_before(CHECK) is None


def test_a_topic_with_new_safety_questions_opens_the_safety_check_again() -> None:
    wizard = Wizard({**ALL, "reason": {"topic": "back-pain", "reason": ""}})
    assert wizard.first_open().key == "safety"
    assert wizard.form(BY_KEY["safety"]).initial["checked"] == []


def test_a_topic_with_the_same_questions_opens_nothing() -> None:
    assert Wizard({**ALL, "reason": {"topic": "tension-headache", "reason": ""}}).first_open() is CHECK


def test_going_from_back_pain_to_migraine_asks_for_the_headache_days() -> None:
    symptoms = {name: value for name, value in SYMPTOMS.items() if not name.startswith(("headache", "medic"))}
    wizard = Wizard({**ALL, "symptoms": symptoms})
    assert wizard.first_open().key == "symptoms"
    assert Wizard({**ALL, "symptoms": symptoms, "reason": {"topic": "back-pain"}}).topic == "back-pain"


def test_a_sign_checked_before_stays_checked_when_the_topic_changes() -> None:
    kept = {**ALL, "safety": {**SAFETY, "checked": ["ALL-6"]}, "reason": {"topic": "tmj", "reason": ""}}
    assert Wizard(kept).form(BY_KEY["safety"]).initial["checked"] == ["ALL-6"]


def test_a_change_goes_back_to_the_check_page_and_the_usual_way_goes_on() -> None:
    wizard = Wizard(ALL)
    assert wizard.after(BY_KEY["reason"], changing=True) is CHECK
    assert wizard.after(BY_KEY["reason"], changing=False).key == "safety"


def test_a_topic_brought_along_is_offered_and_not_taken_for_an_answer() -> None:
    wizard = Wizard({"about": {"topic": "tmj"}})
    assert wizard.form(BY_KEY["reason"]).initial["topic"] == "tmj"
    assert wizard.topic == ""
    assert wizard.first_open().key == "reason"


def test_an_own_answer_wins_over_the_topic_brought_along() -> None:
    wizard = Wizard({"about": {"topic": "tmj"}, "reason": REASON})
    assert wizard.form(BY_KEY["reason"]).initial["topic"] == "migraine"


def test_progress_counts_the_reached_steps() -> None:
    assert Wizard.progress(BY_KEY["symptoms"]) == [True, True, True, False, False, False]
    assert Wizard.before(BY_KEY["reason"]) is None
    assert Wizard.before(BY_KEY["check"]) == BY_KEY["you"]
