"""From what was typed to a text search query of PostgreSQL."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from treatments.search.plain import fold
from treatments.search.synonyms import EVERYWHERE, GROUPS

MAX_LENGTH: Final = 200  # characters that are read; the rest of a longer text is left out
MAX_WORDS: Final = 12
SHORTEST: Final = 2  # letters
PREFIX_FROM: Final = 3  # letters from which a word may be the beginning of a longer one
CONFIGURATIONS: Final = {"en": "english", "es": "spanish"}
_WORD = re.compile(r"[^\W_]+")
_OPERATOR = re.compile(r'"|(?:^|\s)-\w|\bor\b', re.IGNORECASE)


@dataclass(frozen=True)
class Query:
    """What to look for. `shown` is the text as typed, cut and tidied; `folded` the same without accents.

    `close` and `loose` are queries for to_tsquery: every word or its like, and any of them. With operators
    (quotes, a minus, "or") both are empty, for the person has said exactly what they want.
    """

    shown: str
    folded: str
    configuration: str
    close: str = ""
    loose: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed."""
        return not self.shown

    @property
    def is_too_short(self) -> bool:
        """Whether there is no word of two letters or a number in it."""
        words = _WORD.findall(self.folded)
        return not any(len(word) >= SHORTEST or word.isdigit() for word in words)


def parse(typed: str, language: str) -> Query:
    """Return the query for a typed text, whatever it holds."""
    shown = " ".join("".join(c if c.isprintable() else " " for c in typed[:MAX_LENGTH]).split())
    folded, configuration = fold(shown), CONFIGURATIONS[language]
    if _OPERATOR.search(folded):
        return Query(shown, folded, configuration)
    groups = list(_groups(_WORD.findall(folded)[:MAX_WORDS], GROUPS[language]))
    needed = [alternatives for term, alternatives in groups if term not in EVERYWHERE] or [
        a for _t, a in groups
    ]
    return Query(shown, folded, configuration, " & ".join(needed), " | ".join(a for _t, a in groups))


def _groups(words: list[str], groups: Iterable[tuple[str, ...]]) -> Iterable[tuple[str, str]]:
    """Yield each term (a phrase of the synonyms, or a word) with its alternatives as a query."""
    known = {tuple(_WORD.findall(term)): group for group in groups for term in group}
    longest = max(map(len, known))
    place = 0
    while place < len(words):
        for length in range(min(longest, len(words) - place), 0, -1):
            term = tuple(words[place : place + length])
            if term in known or length == 1:
                yield " ".join(term), _alternatives(term, known.get(term, ()))
                place += length
                break


def _alternatives(term: tuple[str, ...], others: tuple[str, ...]) -> str:
    last = f"'{term[-1]}'{':*' if len(term[-1]) >= PREFIX_FROM else ''}"
    own = " <-> ".join([*(f"'{word}'" for word in term[:-1]), last])
    like = (" <-> ".join(f"'{word}'" for word in _WORD.findall(other)) for other in others)
    return f"({' | '.join(f'({one})' for one in dict.fromkeys((own, *like)))})"
