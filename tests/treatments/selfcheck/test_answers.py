from __future__ import annotations

import pytest

from tests.treatments.selfcheck.test_rules import Posted, but
from treatments.selfcheck.answers import Unreadable, next_step, read


def posted(**changes):
    return Posted(but(**changes))


@pytest.mark.parametrize(
    "changes",
    [
        {"pain": "neck"},
        {"pain": "migraine tmj"},
        {"age": "yes no"},
        {"days": "15"},
        {"health": "none diabetes"},
        {"medicine": "' or 1=1"},
    ],
)
def test_a_value_that_no_page_offers_cannot_be_read(changes):
    with pytest.raises(Unreadable):
        read(posted(**changes))


def test_an_error_holds_nothing_of_what_was_posted():
    with pytest.raises(Unreadable) as raised:
        read(posted(pain="secret"))
    assert str(raised.value) == ""


def test_unknown_fields_are_left_out():
    assert "name" not in read(Posted({"name": ["Test Patient 07"], **but()}))


def test_answers_of_another_kind_of_pain_are_dropped():
    answers = read(posted(pain="back-pain", health="face bleeding"))
    assert set(answers) == {"pain", "age", "tried", "health"}
    assert answers["health"] == ("bleeding",)


@pytest.mark.parametrize("health", ["none allergy", "face"])
def test_an_answer_that_fits_no_more_is_asked_again(health):
    answers = read(posted(pain="back-pain" if health == "face" else "tmj", health=health))
    assert next_step(answers).code == "health"


def test_without_a_kind_of_pain_nothing_else_counts():
    answers = read(Posted({"age": ["no"]}))
    assert answers == {}
    assert next_step(answers).code == "pain"
