from __future__ import annotations

import tomllib
from itertools import chain, combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from treatments.selfcheck.answers import next_step, read, steps_for
from treatments.selfcheck.options import NEXT, OPTIONS
from treatments.selfcheck.questions import NONE, QUESTIONS, STEPS, Pain
from treatments.selfcheck.reason import Speaks
from treatments.selfcheck.rules import REASONS, decide, rules_out
from treatments.shipped.content_files import CONTENT

FITS = {
    "pain": ("migraine",),
    "age": ("yes",),
    "days": ("15-or-more",),
    "months": ("yes",),
    "hours": ("yes",),
    "medicine": ("fewer",),
    "tried": ("yes",),
    "health": (NONE,),
}


class Posted(dict):
    def getlist(self, key):
        return list(self.get(key, ()))


def but(**changes):
    return {**FITS, **{code: tuple(value.split()) for code, value in changes.items()}}


def about(pain):
    """Return answers about another kind of pain that hold nothing against it."""
    asked = {question.code for step in steps_for(pain) for question in step.questions}
    return {code: value for code, value in but(pain=pain).items() if code in asked}


def answers_to(question, pain):
    """Return every possible answer to a question: each choice, or each set of checked ones."""
    codes = [choice.code for choice in question.offered(pain)]
    if not question.many:
        return [(code,) for code in codes]
    boxes = [code for code in codes if code != NONE]
    sets = chain.from_iterable(combinations(boxes, size) for size in range(1, len(boxes) + 1))
    return [(NONE,), *sets]


def reasons_of(answers):
    return {reason.code for reason in decide(answers).reasons}


def outcome_of(answers):
    """Check that the answers have one outcome with a reason of its own, and return it."""
    outcome = decide(answers)
    assert outcome.verdict == max(reason.speaks for reason in outcome.reasons) > Speaks.NOTE
    assert (outcome.verdict == Speaks.NOT_SUITABLE) == rules_out(answers)
    return outcome.verdict


@pytest.mark.parametrize("pain", Pain)
def test_every_combination_of_answers_has_exactly_one_outcome_and_its_reasons(pain):
    *questions, health = [question for step in steps_for(pain) for question in step.questions][1:]
    names = [question.code for question in questions]
    boxes = answers_to(health, pain)
    seen = set()
    for combination in product(*(answers_to(question, pain) for question in questions)):
        answers = {"pain": (pain.value,), **dict(zip(names, combination, strict=True))}
        seen |= {outcome_of({**answers, "health": checked}) for checked in boxes if len(checked) == 1}
    # Every set of boxes, beside one set of other answers: the next test says why that is enough.
    seen |= {outcome_of({**about(pain), "health": checked}) for checked in boxes}
    worth = {Speaks.WORTH_A_TALK} if pain == Pain.MIGRAINE else set()
    assert seen == {Speaks.TALK_FIRST, Speaks.NOT_SUITABLE} | worth


def test_what_a_health_answer_means_depends_on_no_other_question():
    assert all(set(reason.given) == {"health"} for reason in REASONS if "health" in reason.given)


def test_only_the_approved_use_with_nothing_against_it_is_worth_a_talk():
    assert decide(FITS).verdict == Speaks.WORTH_A_TALK
    assert reasons_of(FITS) == {"approved-use", "nothing-against"}


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"age": "no"}, "under-18"),
        ({"days": "fewer"}, "few-days"),
        ({"health": "allergy"}, "allergy"),
        ({"health": "infection"}, "infection"),
        ({"health": "allergy pregnancy"}, "allergy"),
    ],
)
def test_what_the_label_and_the_guidelines_rule_out_is_not_suitable(changes, reason):
    outcome = decide(but(**changes))
    assert outcome.verdict == Speaks.NOT_SUITABLE
    assert [one.code for one in outcome.deciding] == [reason]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"days": "unsure"}, "days-unsure"),
        ({"months": "no"}, "months"),
        ({"months": "unsure"}, "months"),
        ({"hours": "no"}, "hours"),
        ({"hours": "unsure"}, "hours"),
        ({"medicine": "simple"}, "medicine-simple"),
        ({"medicine": "strong"}, "medicine-strong"),
        ({"tried": "no"}, "tried-migraine"),
        *(
            ({"health": code}, code)
            for code in ("nerve-muscle", "swallowing", "pregnancy", "bleeding", "toxin", "surgery", "face")
        ),
    ],
)
def test_what_a_clinician_must_know_first_leads_to_a_talk_first(changes, reason):
    outcome = decide(but(**changes))
    assert outcome.verdict == Speaks.TALK_FIRST
    assert [one.code for one in outcome.deciding] == [reason]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"health": "medicines"}, "medicines"),
        ({"medicine": "unsure"}, "medicine-unsure"),
        ({"tried": "unsure"}, "tried-unsure"),
    ],
)
def test_a_note_does_not_change_the_outcome(changes, reason):
    outcome = decide(but(**changes))
    assert outcome.verdict == Speaks.WORTH_A_TALK
    assert reason in reasons_of(but(**changes))


@pytest.mark.parametrize("pain", ["tension-headache", "tmj", "back-pain"])
def test_an_off_label_use_is_never_more_than_a_talk_first(pain):
    assert decide(about(pain)).verdict == Speaks.TALK_FIRST
    assert any(code.startswith("off-label") for code in reasons_of(about(pain)))


def test_only_questions_that_matter_are_asked():
    asked = {pain: [step.code for step in steps_for(pain)] for pain in Pain}
    assert asked[Pain.MIGRAINE] == ["pain", "age", "pattern", "medicine", "tried", "health"]
    assert asked[Pain.TENSION_HEADACHE] == ["pain", "age", "medicine", "tried", "health"]
    assert asked[Pain.TMJ] == asked[Pain.BACK_PAIN] == ["pain", "age", "tried", "health"]


@pytest.mark.parametrize("answers", [{"pain": ("tmj",), "age": ("no",)}, but(days="fewer", health="")])
def test_nothing_more_is_asked_once_no_answer_can_matter(answers):
    assert next_step({code: codes for code, codes in answers.items() if codes}) is None


def test_every_reason_can_apply_and_names_answers_that_exist():
    codes = {question.code: set(question.codes) for question in QUESTIONS}
    for reason in REASONS:
        assert all(wanted <= codes[question] for question, wanted in reason.given.items()), reason.code
    assert len({reason.code for reason in REASONS}) == len(REASONS)


def test_every_source_is_one_of_the_sites():
    known = set(tomllib.loads((CONTENT / "sources.toml").read_text(encoding="utf-8")))
    options = [option for group in (*OPTIONS.values(), *NEXT.values()) for option in group]
    assert {key for row in (*REASONS, *options) for key in row.sources} <= known
    assert all(OPTIONS[pain] for pain in Pain)
    assert all(option.sources for group in OPTIONS.values() for option in group)


def test_no_sentence_promises_or_scores():
    sentences = [str(words) for row in REASONS for words in (row.title, row.text, row.then)]
    for sentence in sentences:
        for forbidden in ("qualify", "score", "cure", "eligible", "guarantee", "good candidate"):
            assert forbidden not in sentence.lower()
        assert all(len(one.split()) <= 20 for one in sentence.split(". ")), sentence


POSTS = st.fixed_dictionaries(
    {},
    optional={
        question.code: st.lists(st.sampled_from(question.codes), max_size=len(question.codes), unique=True)
        if question.many
        else st.sampled_from([[code] for code in question.codes])
        for question in QUESTIONS
    },
)


@given(POSTS)
@settings(max_examples=400, deadline=None)
def test_any_posted_answers_lead_to_a_question_or_to_an_outcome(posted):
    answers = read(Posted(posted))
    step = next_step(answers)
    if step:
        assert step in STEPS
        assert any(question.code not in answers for question in step.questions)
    else:
        outcome = decide(answers)
        assert outcome.deciding
        assert {reason.speaks for reason in outcome.deciding} == {outcome.verdict}


@given(POSTS)
@settings(max_examples=200, deadline=None)
def test_reading_twice_changes_nothing(posted):
    answers = read(Posted(posted))
    assert read(Posted(answers)) == answers
