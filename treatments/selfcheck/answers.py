"""Answers on their way through the pages: read from what was posted, never kept anywhere else."""

from __future__ import annotations

from typing import Protocol

from treatments.selfcheck.questions import NONE, QUESTIONS, STEPS, Question, QuestionPage
from treatments.selfcheck.rules import Answers, rules_out


class Posted(Protocol):
    """What a browser sent."""

    def getlist(self, key: str) -> list[str]: ...


class Unreadable(ValueError):
    """The posted values cannot come from these pages. It holds none of them."""


def read(posted: Posted) -> Answers:
    """Return the posted answers that belong together, by question.

    An answer that no longer fits the kind of pain is dropped, and so is one that contradicts itself: its
    question is then asked again. Raises Unreadable for a value that no page offers.
    """
    found = {question.code: _codes(question, posted.getlist(question.code)) for question in QUESTIONS}
    pain = next(iter(found["pain"]), "")
    asked = {question.code: question for step in steps_for(pain) for question in step.questions}
    fitting = {code: _fitting(question, pain, found[code]) for code, question in asked.items()}
    return {code: codes for code, codes in fitting.items() if codes}


def steps_for(pain: str) -> tuple[QuestionPage, ...]:
    """Return the pages for a kind of pain; the first one alone while it is not known."""
    return tuple(step for step in STEPS if pain in step.pains) if pain else STEPS[:1]


def pain_of(answers: Answers) -> str:
    """Return the kind of pain, or "" while it is not known."""
    return next(iter(answers.get("pain", ())), "")


def next_step(answers: Answers) -> QuestionPage | None:
    """Return the page to show next; None when all is answered, or when no answer can matter any more."""
    if rules_out(answers):
        return None
    return next((step for step in steps_for(pain_of(answers)) if _is_open(step, answers)), None)


def _is_open(step: QuestionPage, answers: Answers) -> bool:
    return any(question.code not in answers for question in step.questions)


def _codes(question: Question, values: list[str]) -> tuple[str, ...]:
    if not set(values) <= set(question.codes) or (len(values) > 1 and not question.many):
        raise Unreadable
    return tuple(code for code in question.codes if code in values)


def _fitting(question: Question, pain: str, codes: tuple[str, ...]) -> tuple[str, ...]:
    offered = {choice.code for choice in question.offered(pain)}
    kept = tuple(code for code in codes if code in offered)
    return () if NONE in kept and len(kept) > 1 else kept
