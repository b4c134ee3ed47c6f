"""`python -m clinic_site.local.readability`: how hard each page and each safety question is to read.

English: Flesch-Kincaid grade, 7 at most on a page, 5 at most in a safety question (NIH: grade 6 to 7).
Spanish: Fernandez-Huerta, 65 at least. Measured without citations, headings, tables and figures, with a full
stop after each list item, and with a short word for names that nobody can shorten. The formulas do not prove
that somebody understands; they only catch what almost nobody would.
"""

from __future__ import annotations

import html
import os
import re
import sys
import warnings
from collections.abc import Iterator
from dataclasses import dataclass

with warnings.catch_warnings():
    # textstat 0.7.4 is the last one that needs no network, and imports pkg_resources.
    warnings.simplefilter("ignore")
    import textstat

HARDEST_PAGE = 7.0
HARDEST_QUESTION = 5.0
EASIEST_SPANISH = 65.0
WORST_SHOWN = 5
# "onabotulinumtoxinA" alone lifts a sentence of three words to grade 24.
SHORT_WORD = {"en": "shot", "es": "dosis"}


@dataclass(frozen=True)
class Measured:
    """A text with its score: a grade in English (lower is easier), Fernandez-Huerta in Spanish (higher)."""

    name: str
    language: str
    text: str
    score: float
    limit: float

    @property
    def passes(self) -> bool:
        return self.score >= self.limit if self.language == "es" else self.score <= self.limit

    def worst(self) -> list[tuple[float, str]]:
        """Return the sentences that are hardest to read, the worst first, each with its own score."""
        scored = [(score(one, self.language), one) for one in sentences(self.text)]
        return sorted(scored, reverse=self.language == "en")[:WORST_SHOWN]


def prose(markup: str, language: str = "en") -> str:
    """Return the running text of some HTML: no citations, headings, tables, figures; items end in a stop."""
    text = re.sub(r'<sup class="cite">.*?</sup>', "", markup)
    text = re.sub(r"<(table|figure|svg|h[1-6])\b.*?</\1>", "", text, flags=re.DOTALL)
    text = html.unescape(re.sub(r"<[^>]+>", "", re.sub(r"</(li|p|div)>", ". ", text)))
    text = text.replace("(onabotulinumtoxinA)", "").replace("BOTOX®", SHORT_WORD[language])
    # A decimal point ends no sentence.
    text = re.sub(r"(?<=\d)\.(?=\d)", ",", re.sub(r"\s+", " ", text))
    text = re.sub(r":\s*\.", ".", text)
    return re.sub(r"(?<=[.?!])[\s.]*\.", "", text).strip()


def sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.?!])\s+", text)


def score(text: str, language: str) -> float:
    """Return the score of a text; textstat is left in English, which its formulas assume elsewhere."""
    try:
        textstat.set_lang(language)
        return float(
            textstat.fernandez_huerta(text) if language == "es" else textstat.flesch_kincaid_grade(text)
        )
    finally:
        textstat.set_lang("en")


def measure(name: str, language: str, text: str, limit: float) -> Measured:
    """Return a text with its score."""
    return Measured(name, language, text, score(text, language), limit)


def shipped_pages() -> Iterator[Measured]:
    """Measure every shipped page in each language that it is written in."""
    from clinic_site.local.shipped import pages

    for language, limit in (("en", HARDEST_PAGE), ("es", EASIEST_SPANISH)):
        for key, markup in pages(language).items():
            yield measure(key, language, prose(markup, language), limit)


def safety_questions() -> Iterator[Measured]:
    """Measure every safety question."""
    from booking.rules import safety

    for question in safety.QUESTIONS:
        yield measure(question.code, "en", f"{question.text}.", HARDEST_QUESTION)


def main() -> int:
    """Print the score of each page and of the hardest question, and the worst sentences of what fails."""
    pages, questions = list(shipped_pages()), list(safety_questions())
    hardest = max(questions, key=lambda one: one.score)
    for one in [*pages, hardest]:
        print(f"{'ok    ' if one.passes else 'FAILED'} {one.language} {one.score:5.1f}  {one.name}")
    failed = [one for one in [*pages, *questions] if not one.passes]
    for one in failed:
        print(f"\n{one.name} ({one.language}) has {one.score:.1f}, the limit is {one.limit:.0f}. The worst:")
        for value, sentence in one.worst():
            print(f"  {value:5.1f}  {sentence}")
    return 1 if failed else 0


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clinic_site.settings")
    django.setup()
    sys.exit(main())
