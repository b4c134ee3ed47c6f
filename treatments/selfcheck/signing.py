"""The self-check as a clinician signs it, and a manager its Spanish, for a translator; it opens no sooner."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from treatments.editorial import signoff
from treatments.editorial.gates import Gate
from treatments.editorial.signoff import SignedLine, Subject
from treatments.models import SignOff, Source
from treatments.models.signoffs import SIGN_HEALTH, SIGN_SPANISH
from treatments.selfcheck import leads
from treatments.selfcheck.options import BRING, NEXT, OPTIONS, Option
from treatments.selfcheck.questions import QUESTIONS, Question
from treatments.selfcheck.reason import Reason
from treatments.selfcheck.rules import REASONS
from treatments.text.template_words import messages

PREFIX: Final = "self-check/"
RULES: Final = f"{PREFIX}en"
SPANISH: Final = f"{PREFIX}es"
# By the place of each line: the name that its template had when the first signatures were given.
TEMPLATES: Final = {
    "treatments/candidate_note.html": "treatments/selfcheck/candidate_note.html",
    "treatments/candidate_result.html": "treatments/selfcheck/candidate_result.html",
    "treatments/candidate_reasons.html": "treatments/selfcheck/candidate_reasons.html",
    "treatments/candidate_end.html": "treatments/selfcheck/candidate_end.html",
}
LEADS: Final = ("UNDER_18", "NOT_SUITABLE", "OFF_LABEL", "TALK_FIRST", "WORTH_A_TALK")

GATES: Final = {
    "en": Gate(_("the self-check"), (RULES,)),
    "es": Gate(_("the self-check in Spanish"), (RULES, SPANISH)),
}

Words = str | Promise


def is_open(language: str) -> bool:
    """Whether the self-check may be used: signed as it reads now; in a demonstration always."""
    return GATES["es" if language == "es" else "en"].is_open()


def signature() -> SignOff | None:
    """Return the clinician's sign-off of the self-check as it reads now."""
    return signoff.newest(RULES) if signoff.stands(RULES) else None


def awaits_translator(language: str) -> bool:
    """Whether it is shown in a Spanish that no qualified translator has signed: in a demonstration alone."""
    return language == "es" and not signoff.stands(SPANISH)


def subjects() -> list[Subject]:
    """List what is signed: questions and reasons for a clinician, their Spanish for a translator."""
    return [
        Subject(RULES, gettext("The self-check: questions, reasons and outcomes"), lines, SIGN_HEALTH),
        Subject(SPANISH, gettext("Spanish of the self-check"), spanish_lines, SIGN_SPANISH),
    ]


def lines() -> list[SignedLine]:
    """Return everything that the self-check says and asks in English, with what each reason rests on."""
    sources = {row.key: f"{row.key}: {row.text} {row.link}" for row in Source.objects.all()}
    with override("en"):
        return [
            SignedLine(
                place, "\n\n".join([*map(_said, words), *rule]), tuple(sources.get(key, key) for key in keys)
            )
            for place, words, rule, keys in _parts()
        ]


def spanish_lines() -> list[SignedLine]:
    """Return the same words in Spanish, each beside its English."""
    parts = [(place, words) for place, words, _rule, _keys in _parts()]
    return [SignedLine(place, _spoken("es", words), beside=_spoken("en", words)) for place, words in parts]


SignedPart = tuple[str, tuple[Words, ...], tuple[str, ...], tuple[str, ...]]


def _parts() -> Iterator[SignedPart]:
    """Yield place, words, the rule behind them and the keys of their sources."""
    for question in QUESTIONS:
        yield f"question/{question.code}", _asked(question), (), ()
    for reason in REASONS:
        yield (
            f"reason/{reason.code}",
            _present(reason.title, reason.text, reason.then),
            (_rule(reason),),
            reason.sources,
        )
    for group, options in (("options", OPTIONS), ("next", NEXT), ("bring", {"any": (BRING,)})):
        yield from _options(group, {str(pain): rows for pain, rows in options.items()})
    for name in LEADS:
        yield f"lead/{name.lower()}", (getattr(leads, name),), (), ()
    for place, template in TEMPLATES.items():
        yield place, messages(template), (), ()


def _options(group: str, options: dict[str, tuple[Option, ...]]) -> Iterator[SignedPart]:
    for pain, rows in options.items():
        for number, option in enumerate(rows, start=1):
            yield f"{group}/{pain}/{number}", (option.words,), (), option.sources


def _asked(question: Question) -> tuple[Words, ...]:
    return _present(question.words, question.hint, *(choice.words for choice in question.choices))


def _present(*words: Words) -> tuple[Words, ...]:
    return tuple(one for one in words if one)


def _rule(reason: Reason) -> str:
    given = (f"{code} = {' / '.join(sorted(wanted))}" for code, wanted in reason.given.items())
    return f"{reason.speaks.name}: {'; '.join(given)}"


def _spoken(language: str, words: tuple[Words, ...]) -> str:
    with override(language):
        return "\n\n".join(map(_said, words))


def _said(words: Words) -> str:
    """Return words in the active language; those with a number as for 2."""
    if words is leads.TALK_FIRST:
        return str(words % {"count": 1}) + "\n\n" + str(words % {"count": 2})
    return gettext(words) if isinstance(words, str) else str(words)
