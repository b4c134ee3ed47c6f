"""The outcome as the result page shows it: sentences with numbered sources, and the answers given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString

from treatments.editorial.page_data import SourceData
from treatments.models import Source
from treatments.selfcheck import leads
from treatments.selfcheck.answers import pain_of, steps_for
from treatments.selfcheck.options import BRING, NEXT, OPTIONS, Option
from treatments.selfcheck.questions import Pain, Question
from treatments.selfcheck.reason import Reason, Speaks
from treatments.selfcheck.rules import Answers, Outcome, decide
from treatments.text.markup import Citations, render_line


@dataclass(frozen=True)
class ReasonRead:
    """A reason in words. `is_lifted` sets apart what the outcome rests on, unless all is well."""

    title: str | Promise
    html: SafeString
    is_lifted: bool
    is_good: bool


@dataclass(frozen=True)
class AnswerRead:
    """A question in short, what was answered, and the page to change it on."""

    name: str | Promise
    lines: list[str | Promise]
    step: str


def context_of(answers: Answers) -> dict[str, Any]:
    """Return the template context of a full set of answers, in the active language."""
    outcome, citations = decide(answers), Citations()
    pain = Pain(pain_of(answers))
    is_adult = answers["age"] == ("yes",)
    options = OPTIONS[pain] if is_adult else ()
    return {
        "verdict": outcome.verdict.name,
        "is_adult": is_adult,
        "pain": pain.value,
        "lead": _lead(outcome, pain, is_adult),
        "reasons": [_reason(reason, outcome, citations) for reason in outcome.reasons],
        "next_steps": [_cited(step, citations) for step in _next_steps(outcome, pain, is_adult)],
        "options": [_cited(option, citations) for option in options],
        "answers": list(_answered(answers)),
        "sources": _sources(citations),
    }


def _lead(outcome: Outcome, pain: Pain, is_adult: bool) -> str | Promise:
    if not is_adult:
        return leads.UNDER_18
    if outcome.verdict == Speaks.NOT_SUITABLE:
        return leads.NOT_SUITABLE
    if pain != Pain.MIGRAINE:
        return leads.OFF_LABEL
    if outcome.verdict == Speaks.TALK_FIRST:
        return leads.TALK_FIRST % {"count": len(outcome.deciding)}
    return leads.WORTH_A_TALK


def _reason(reason: Reason, outcome: Outcome, citations: Citations) -> ReasonRead:
    is_lifted = reason.speaks == outcome.verdict != Speaks.WORTH_A_TALK
    html = _cited(Option(reason.text, reason.sources), citations)
    return ReasonRead(reason.title, html, is_lifted, reason.speaks == Speaks.WORTH_A_TALK)


def _next_steps(outcome: Outcome, pain: Pain, is_adult: bool) -> Iterable[Option]:
    """What the reasons ask for, then what goes with the pain; each step once, those that decide first."""
    # What speaks for a talk about BOTOX asks for nothing once something rules it out.
    ruled_out = outcome.verdict == Speaks.NOT_SUITABLE
    heard = [one for one in outcome.reasons if not (ruled_out and one.speaks == Speaks.WORTH_A_TALK)]
    strongest_first = sorted(heard, key=lambda reason: -reason.speaks)
    asked = [Option(words) for words in dict.fromkeys(reason.then for reason in strongest_first) if words]
    return chain(asked, *((NEXT[pain], (BRING,)) if is_adult else ()))


def _cited(option: Option, citations: Citations) -> SafeString:
    keys = "; ".join(f"@{key}" for key in option.sources)
    return render_line(f"{option.words}[{keys}]" if keys else str(option.words), citations)


def _answered(answers: Answers) -> Iterator[AnswerRead]:
    pain = pain_of(answers)
    for step in steps_for(pain):
        for question in step.questions:
            if question.code in answers:
                yield AnswerRead(question.name, _words(question, answers), step.code)


def _words(question: Question, answers: Answers) -> list[str | Promise]:
    return [choice.words for choice in question.choices if choice.code in answers[question.code]]


def _sources(citations: Citations) -> list[SourceData]:
    rows = {row.key: row for row in Source.objects.filter(key__in=citations.places)}
    return [
        SourceData(number, key, format_html("<p>{}</p>", rows[key].text), rows[key].link, tuple(places))
        for number, (key, places) in enumerate(citations.places.items(), start=1)
        if key in rows
    ]
