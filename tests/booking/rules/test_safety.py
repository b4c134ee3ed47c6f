"""The safety questions: asked of everybody they concern, with a source, in words that people read."""

from __future__ import annotations

import pytest
import textstat
from django.utils.translation import override

from booking.rules import safety
from booking.rules.safety import BY_CODE, QUESTIONS, SOURCES, Level, Topic, at_level, questions_for

# Words that cannot be avoided count as one short one; a grade formula would measure the name alone.
NAMES = {"BOTOX® or another botulinum toxin": "a shot"}
HARDEST_GRADE = 5.0


def _english(text) -> str:
    with override("en"):
        return str(text)


@pytest.mark.parametrize("topic", Topic)
def test_every_topic_asks_for_emergencies_first(topic):
    levels = [question.level for question in questions_for(topic)]
    assert set(levels) == set(Level)
    assert levels == sorted(levels, key=list(Level).index)


@pytest.mark.parametrize("topic", Topic)
@pytest.mark.parametrize("code", ["ALL-1", "ALL-2", "ALL-4", "ALL-4B", "ALL-5", "ALL-6", "ALL-6A"])
def test_what_concerns_everybody_is_asked_everybody(topic, code):
    assert BY_CODE[code] in questions_for(topic)


@pytest.mark.parametrize(
    ("topic", "code"),
    [
        (Topic.MIGRAINE, "HD-1"),
        (Topic.TENSION_HEADACHE, "HD-2"),
        (Topic.BACK_PAIN, "BK-1"),
        (Topic.BACK_PAIN, "BK-2"),
        (Topic.BACK_PAIN, "BK-3"),
        (Topic.TMJ, "JW-1A"),
        (Topic.TMJ, "HD-5"),
        (Topic.OTHER, "HD-1"),
        (Topic.OTHER, "BK-2"),
    ],
)
def test_the_gravest_signs_of_a_topic_stop_the_journey(topic, code):
    assert BY_CODE[code] in at_level([q.code for q in questions_for(topic)], Level.EMERGENCY)


# Rows of the source table that name two levels are two questions; each level has its code here.
@pytest.mark.parametrize(
    ("level", "codes"),
    [
        (
            Level.EMERGENCY,
            "ALL-1 ALL-2 ALL-4 ALL-5A HD-1 HD-2 HD-3A HD-5 HD-6A BK-1 BK-2 BK-3 BK-4 BK-5 BK-6 JW-1A JW-3",
        ),
        (Level.SAME_DAY, "ALL-4B ALL-5 ALL-6A HD-3 HD-4 HD-6 JW-1 JW-4"),
        (Level.NOTE, "ALL-6 HD-7 HD-8 BK-7 JW-2"),
    ],
)
def test_every_sign_has_its_one_level(level, codes):
    assert {question.code for question in QUESTIONS if question.level == level} == set(codes.split())


def test_nobody_is_asked_about_suicide():
    words = " ".join(_english(question.text) for question in QUESTIONS).lower()
    assert not any(word in words for word in ("suicide", "kill", "harm yourself", "hurt yourself"))


@pytest.mark.parametrize("topic", Topic)
def test_a_fever_with_a_stiff_neck_stops_the_journey_whatever_it_is_about(topic):
    asked = " ".join(_english(q.text) for q in questions_for(topic) if q.level == Level.EMERGENCY)
    assert "stiff neck" in asked and "confus" in asked


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: q.code)
def test_each_question_has_a_topic_an_advice_and_known_sources(question):
    assert question.topics <= set(Topic)
    assert question.topics
    assert _english(question.advice)
    assert question.sources
    assert set(question.sources) <= set(SOURCES)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: q.code)
def test_each_question_reads_at_grade_five(question):
    text = _english(question.text)
    for name, short in NAMES.items():
        text = text.replace(name, short)
    textstat.set_lang("en")
    assert textstat.flesch_kincaid_grade(f"{text}.") <= HARDEST_GRADE
    assert max(len(sentence.split()) for sentence in text.split(". ")) <= 20


def test_codes_are_unique():
    assert len(BY_CODE) == len(QUESTIONS)


def test_codes_of_an_older_set_are_left_out():
    assert at_level(["GONE-1", "HD-1"], Level.EMERGENCY) == (BY_CODE["HD-1"],)


def test_the_digest_changes_with_a_word_a_level_or_a_topic(monkeypatch):
    from dataclasses import replace

    before = safety.digest()
    assert before == safety.digest()
    first = QUESTIONS[0]
    for changed in (
        replace(first, text="Something else"),
        replace(first, level=Level.NOTE),
        replace(first, topics=frozenset({Topic.TMJ})),
        replace(first, sources="M"),
    ):
        monkeypatch.setattr(safety, "QUESTIONS", (changed, *QUESTIONS[1:]))
        assert safety.digest() != before


def test_the_digest_is_the_same_in_every_language():
    with override("es"):
        spanish = safety.digest()
    assert spanish == safety.digest()
