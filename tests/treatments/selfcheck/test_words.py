"""The words of the self-check: short sentences, plain words, whole sentences to translate."""

from __future__ import annotations

import re

import pytest
import textstat

from treatments.selfcheck.options import BRING, NEXT, OPTIONS
from treatments.selfcheck.questions import QUESTIONS, STEPS
from treatments.selfcheck.rules import REASONS

LONG_NAMES = {
    "ALS, myasthenia gravis or Lambert-Eaton syndrome": "a bad nerve or muscle illness",
    "botulinum toxin": "BOTOX",
    "BOTOX": "shot",
}


def plain(words) -> str:
    text = str(words)
    for name, short in LONG_NAMES.items():
        text = text.replace(name, short)
    return text


def sentences() -> list[str]:
    asked = [words for question in QUESTIONS for words in (question.words, question.hint, question.missing)]
    told = [words for reason in REASONS for words in (reason.text, reason.then)]
    options = [option.words for group in (*OPTIONS.values(), *NEXT.values()) for option in group]
    return [plain(words) for words in (*asked, *told, *options, BRING.words) if words]


def test_the_whole_reads_at_grade_six():
    text = " ".join(words if words[-1] in ".?!" else f"{words}." for words in sentences())
    assert textstat.flesch_kincaid_grade(text) <= 6.0


@pytest.mark.parametrize("words", sentences())
def test_no_sentence_is_long(words):
    assert max(len(one.split()) for one in re.split(r"[.?!] ", words)) <= 20


@pytest.mark.parametrize("words", sentences())
def test_errors_and_hints_are_friendly_without_empty_politeness(words):
    assert not re.search(r"\b(please|sorry|invalid)\b", words, re.IGNORECASE)


def test_each_page_has_a_heading():
    assert all(step.title or len(step.questions) == 1 for step in STEPS)
