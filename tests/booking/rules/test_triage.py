"""What the other answers say about how soon to act."""

from __future__ import annotations

import pytest

from booking.rules import safety, triage
from booking.rules.documents import Answers
from booking.rules.priority import Priority, suggest
from booking.rules.triage import RULES, TOGETHER, fired, level_of, words_of

NEW_HEADACHE = {"topic": "migraine", "duration": "weeks"}
FALL = {"topic": "back-pain", "duration": "weeks", "features": ("injury",)}
TOXIN = {"topic": "other", "health": ("swallowing",), "last_toxin": "recent"}


@pytest.mark.parametrize(
    ("answers", "age", "codes", "priority"),
    [
        (TOXIN, 40, ("ANS-1",), Priority.SAME_DAY),
        (TOXIN | {"last_toxin": "earlier"}, 40, (), Priority.ROUTINE),
        (TOXIN | {"health": ("bleeding",)}, 40, (), Priority.ROUTINE),
        ({"topic": "tmj", "health": ("swallowing",)}, 40, ("ANS-2",), Priority.SAME_DAY),
        (NEW_HEADACHE, 50, ("ANS-3",), Priority.SAME_DAY),
        (NEW_HEADACHE, 49, ("ANS-5",), Priority.SOON),
        (NEW_HEADACHE, None, ("ANS-5",), Priority.SOON),
        (NEW_HEADACHE | {"duration": "months"}, 70, (), Priority.ROUTINE),
        (NEW_HEADACHE | {"health": ("pregnancy",)}, 30, ("ANS-5", "ANS-6"), Priority.SOON),
        (FALL, 65, ("ANS-4",), Priority.SAME_DAY),
        (FALL, 64, (), Priority.ROUTINE),
        (FALL | {"features": ()}, 80, (), Priority.ROUTINE),
    ],
)
def test_what_answers_say_together(answers, age, codes, priority):
    assert fired(Answers(**answers), age) == codes
    made = suggest(Answers(**answers), age)
    assert (made.priority, made.reasons) == (priority, codes)


@pytest.mark.parametrize("rule", TOGETHER, ids=lambda rule: rule.code)
def test_a_rule_is_silent_once_a_question_says_as_much(rule):
    assert rule.unless
    for code in rule.unless:
        assert list(safety.Level).index(safety.BY_CODE[code].level) <= list(safety.Level).index(rule.level)


def test_a_checked_question_is_not_said_twice():
    assert fired(Answers("migraine", duration="weeks", safety=("HD-4",)), 60) == ()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_each_rule_has_words_and_known_sources(rule):
    assert words_of(rule.code) and level_of(rule.code) == rule.level
    assert set(rule.sources) <= set(safety.SOURCES) and rule.sources
    assert len(rule.code) <= 10


def test_no_rule_stops_a_patient_or_shares_a_code_with_a_question():
    assert safety.Level.EMERGENCY not in {rule.level for rule in TOGETHER}
    assert set(triage.BY_CODE).isdisjoint(safety.BY_CODE)
    assert len(triage.BY_CODE) == len(TOGETHER)


def test_a_code_of_an_older_set_has_neither_words_nor_level():
    assert (words_of("GONE-1"), level_of("GONE-1")) == ("", None)
