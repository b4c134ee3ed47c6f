"""The entries of a language with their text search vectors, kept until the content changes.

PostgreSQL makes the vectors once for each version of the content and ranks them for each search. They stay in
the process: some 200 short texts, ranked in a few milliseconds, need no table that could fall behind.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection

from treatments.models.version import content_version
from treatments.search.entries import Entry, entries
from treatments.search.plain import fold
from treatments.search.query import CONFIGURATIONS, Query

_VECTORS: Final = """
    SELECT setweight(to_tsvector(%(configuration)s::regconfig, title), 'A')
        || setweight(to_tsvector(%(configuration)s::regconfig, summary), 'B')
        || setweight(to_tsvector(%(configuration)s::regconfig, text), 'D')
    FROM unnest(%(titles)s::text[], %(summaries)s::text[], %(texts)s::text[])
        WITH ORDINALITY AS entry (title, summary, text, place)
    ORDER BY place
"""
# The words as typed, with their operators, or every word in any of its forms; else any word of them.
_RANKED: Final = """
    WITH asked AS (
        SELECT websearch_to_tsquery(%(configuration)s::regconfig, %(folded)s)
            || to_tsquery(%(configuration)s::regconfig, %(close)s) AS close,
            to_tsquery(%(configuration)s::regconfig, %(loose)s) AS loose
    ), found AS (
        SELECT place - 1 AS place, weight, vector, vector @@ close AS is_close, close || loose AS query
        FROM asked, unnest(%(vectors)s::tsvector[], %(weights)s::float8[])
            WITH ORDINALITY AS entry (vector, weight, place)
        WHERE vector @@ (close || loose)
    )
    SELECT place, is_close, ts_rank_cd('{0.1, 0.3, 0.5, 1.0}', vector, query, 1) * weight AS rank
    FROM found ORDER BY is_close DESC, rank DESC, place LIMIT %(most)s
"""
# The whole text comes back, so that each mark stands at a place that is known in the original.
_MARKED: Final = """
    SELECT ts_headline(%(configuration)s::regconfig, text,
        websearch_to_tsquery(%(configuration)s::regconfig, %(folded)s)
            || to_tsquery(%(configuration)s::regconfig, %(loose)s),
        %(options)s)
    FROM unnest(%(texts)s::text[]) WITH ORDINALITY AS entry (text, place) ORDER BY place
"""
START, STOP = "\x02", "\x03"
MAX_RESULTS: Final = 40

_lock = threading.Lock()
_made: dict[str, tuple[Any, Index]] = {}


@dataclass(frozen=True)
class Found:
    """An entry that was found. `is_close` is false where only some of the words are in it."""

    entry: Entry
    is_close: bool


@dataclass(frozen=True)
class Index:
    """The entries of one language, each with its vector as PostgreSQL writes it."""

    language: str
    entries: list[Entry]
    vectors: list[str]

    def search(self, query: Query) -> list[Found]:
        """Return the best entries, best first. Raises django.db.Error when the database does not answer."""
        given = {
            **_asked(query),
            "vectors": self.vectors,
            "weights": [entry.weight for entry in self.entries],
            "most": MAX_RESULTS,
        }
        return [Found(self.entries[place], close) for place, close, _rank in _rows(_RANKED, given)]


def of(language: str) -> Index:
    """Return the index of a language as the content reads now."""
    version = content_version.get()
    made = _made.get(language)
    if made and made[0] == version:
        return made[1]
    with _lock:
        index = _make(language)
        _made[language] = (version, index)
    return index


def marked(texts: list[str], query: Query) -> list[str]:
    """Return folded texts with START and STOP around each word that was looked for."""
    options = f"HighlightAll=true, StartSel={START}, StopSel={STOP}"
    given = {**_asked(query), "texts": [fold(text) for text in texts], "options": options}
    return [row[0] for row in _rows(_MARKED, given)]


def _make(language: str) -> Index:
    found = entries(language)
    given = {
        "configuration": CONFIGURATIONS[language],
        "titles": [fold(entry.title) for entry in found],
        "summaries": [fold(entry.summary) for entry in found],
        "texts": [fold(entry.text) for entry in found],
    }
    return Index(language, found, [row[0] for row in _rows(_VECTORS, given)])


def _asked(query: Query) -> dict[str, Any]:
    return {
        "configuration": query.configuration,
        "folded": query.folded,
        "close": query.close,
        "loose": query.loose,
    }


def _rows(sql: str, given: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return list(cursor.fetchall())
