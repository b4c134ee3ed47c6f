"""What staff must know before anybody speaks of a shot."""

from __future__ import annotations

import pytest

from booking.rules import safety
from booking.rules.documents import Answers
from booking.rules.injection_precautions import MATTERS, beside_label, matters
from booking.rules.questions import Health, LastToxin


def test_every_condition_that_is_asked_about_is_shown():
    assert {one.code for one in MATTERS} == {*Health.values, LastToxin.RECENT, LastToxin.UNSURE}


@pytest.mark.parametrize("one", MATTERS, ids=lambda one: one.code)
def test_each_has_words_and_known_sources(one):
    assert str(one.name) and str(one.why)
    assert one.sources and set(one.sources) <= set(safety.SOURCES)


def test_contraindications_come_first():
    told = Answers("migraine", health=("bleeding", "infection"), last_toxin="recent")
    assert [one.code for one in matters(told)] == ["infection", "bleeding", "recent"]
    assert [one.bars for one in matters(told)] == [True, False, False]


def test_nothing_told_is_nothing_shown():
    assert matters(Answers("migraine", last_toxin="never")) == ()


@pytest.mark.parametrize(
    ("answers", "age", "met"),
    [
        ({"headache_days": 15, "migraine_days": 8, "headache_hours": "over-4"}, 18, [True] * 4),
        ({"headache_days": 14, "migraine_days": 7, "headache_hours": "under-4"}, 17, [False] * 4),
        ({"headache_hours": "unsure"}, 40, [None, None, None, True]),
    ],
)
def test_the_numbers_stand_beside_those_of_the_label(answers, age, met):
    assert [value for _one, value in beside_label(Answers("migraine", **answers), age)] == met


def test_the_label_has_no_numbers_for_other_pain():
    assert beside_label(Answers("back-pain"), 40) == ()
