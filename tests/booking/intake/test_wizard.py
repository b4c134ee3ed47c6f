"""Where a person stands, without any HTTP."""

from __future__ import annotations

from typing import Any

import pytest

from booking.intake.steps import BY_KEY, CHECK, STEPS
from booking.intake.wizard import Wizard
from booking.rules.safety import QUESTIONS, questions_for

REASON = {"topic": "migraine", "reason": "", "who_for": "self"}
SAFETY = {"checked": ["none"], "asked": [question.code for question in questions_for("migraine")]}
SYMPTOMS: dict[str, Any] = {
    "pain": 7,
    "enjoyment": 8,
    "activity": 6,
    "duration": "years",
    "where": ["forehead"],
    "headache_days": 19,
    "migraine_days": 9,
    "headache_hours": "over-4",
    "medicine_days": 8,
    "in_own_words": "",
    "asked_about": "migraine",
}
HISTORY = {
    "tried": ["none"],
    "tried_other": "",
    "imaging": ["none"],
    "health": ["none"],
    "last_toxin": "never",
    "allergies": "",
    "referral": "no",
    "referrer": "",
}
YOU = {
    "full_name": "Test Patient 07",
    "birth_date": "1980-01-07",
    "been_here": "new",
    "phone": "+15205550107",
    "email": "",
    "channel": "phone",
    "leave_message": "yes",
    "call_parts": [],
    "no_email": "",
    "no_online_page": "",
    "times": [],
    "language": "en",
    "interpreter": "no",
    "interpreter_language": "",
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
    wizard = Wizard({**ALL, "reason": {**REASON, "topic": "back-pain"}})
    assert wizard.first_open().key == "safety"
    assert wizard.form(BY_KEY["safety"]).initial["checked"] == []


def test_a_topic_with_the_same_safety_questions_opens_what_only_it_asks() -> None:
    wizard = Wizard({**ALL, "reason": {**REASON, "topic": "tension-headache"}})
    assert wizard.first_open().key == "symptoms"
    shown = wizard.form(BY_KEY["symptoms"])
    assert "features" in shown.fields and "migraine_days" not in shown.fields
    assert (shown.initial["headache_days"], shown.initial["where"]) == (19, ["forehead"])
    answered = {**SYMPTOMS, "features": ["none"], "asked_about": "tension-headache"}
    assert Wizard({**wizard.kept, "symptoms": answered}).first_open() is CHECK


def test_another_part_of_the_body_asks_anew_where_it_hurts_and_keeps_the_scale() -> None:
    reason, safety = {**REASON, "topic": "other"}, {**SAFETY, "asked": [q.code for q in QUESTIONS]}
    wizard = Wizard({**ALL, "reason": reason, "safety": safety})
    assert wizard.first_open().key == "symptoms"
    assert wizard.form(BY_KEY["symptoms"]).initial["pain"] == 7
    kept = {**SYMPTOMS, "where": ["neck"], "asked_about": "other"}
    assert Wizard({**wizard.kept, "symptoms": kept}).first_open() is CHECK


def test_none_of_these_said_to_another_list_is_no_answer() -> None:
    jaw = {**SYMPTOMS, "where": ["face"], "features": ["none"], "jaw_opening": "two", "asked_about": "tmj"}
    safety = {**SAFETY, "asked": [question.code for question in QUESTIONS]}
    wizard = Wizard({**ALL, "reason": {**REASON, "topic": "back-pain"}, "safety": safety, "symptoms": jaw})
    assert wizard.first_open().key == "symptoms"
    assert wizard.form(BY_KEY["symptoms"]).initial["features"] == []


ASKER = {"asker_name": "Test Carer 07", "relation": "guardian", "may_speak": "yes"}


def test_asking_for_somebody_else_asks_who_asks() -> None:
    for_another = {**ALL, "reason": {**REASON, "who_for": "adult"}}
    assert Wizard(for_another).first_open().key == "you"
    assert Wizard({**for_another, "you": {**YOU, **ASKER}}).first_open() is CHECK


def test_for_a_minor_only_a_parent_or_guardian_may_ask() -> None:
    kept = {**ALL, "reason": {**REASON, "who_for": "minor"}}
    child = {**YOU, **ASKER, "birth_date": "2015-01-07"}
    assert Wizard({**kept, "you": child}).first_open() is CHECK
    assert Wizard({**kept, "you": {**child, "relation": "friend"}}).first_open().key == "you"


@pytest.mark.parametrize(("who_for", "born"), [("minor", "1980-01-07"), ("adult", "2015-01-07")])
def test_a_birth_date_must_fit_who_it_is_for(who_for: str, born: str) -> None:
    kept = {**ALL, "reason": {**REASON, "who_for": who_for}, "you": {**YOU, **ASKER, "birth_date": born}}
    assert Wizard(kept).first_open().key == "you"


def test_symptoms_that_tell_of_a_sign_count_as_one_of_their_topic_alone() -> None:
    jaw = {**SYMPTOMS, "jaw_opening": "under-two", "medicine_days": 12}
    assert Wizard({"reason": {"topic": "tmj"}, "symptoms": jaw}).safety_codes == ("JW-1",)
    assert Wizard({"reason": {"topic": "migraine"}, "symptoms": jaw}).safety_codes == ("HD-8",)


def test_a_sign_checked_before_stays_checked_when_the_topic_changes() -> None:
    kept = {**ALL, "safety": {**SAFETY, "checked": ["ALL-6"]}, "reason": {**REASON, "topic": "tmj"}}
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
