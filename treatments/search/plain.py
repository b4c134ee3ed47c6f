"""Text as it is searched: without its Markdown, and with every letter folded to its plain form."""

from __future__ import annotations

import unicodedata

from treatments.text import directives, markup

# Blocks that end a thought even where no full stop does.
_ENDS = frozenset({"paragraph_close", "heading_close", "td_close", "th_close"})
_STOPS = (".", "?", "!", ":", ";", ",", "”")


def words_of(text: str) -> str:
    """Return the words of a text in Markdown, in one line: no citations, links' addresses or figures."""
    found: list[str] = []
    for token in markup.parse(text or ""):
        if token.type in ("text", "code_inline"):
            found.append(token.content)
        elif token.type in ("softbreak", "hardbreak"):
            found.append(" ")
        elif token.type in _ENDS:
            _end(found)
        elif token.type == "container_box_open" and not directives.is_slot(token.info):
            found.append(directives.split(token.info)[1])
            _end(found)
    return " ".join("".join(found).split())


def fold(text: str) -> str:
    """Return the text in small letters without accents, each letter in its old place.

    So "migraña" is found by "migrana", and a place in the folded text is the same place in the original.
    """
    return "".join(_folded(letter) for letter in text)


def _end(found: list[str]) -> None:
    said = "".join(found[-2:]).rstrip()
    if said and not said.endswith(_STOPS):
        found.append(".")
    found.append(" ")


def _folded(letter: str) -> str:
    # The angle brackets would read as a tag to the parser of PostgreSQL.
    if letter in "<>":
        return " "
    base = unicodedata.normalize("NFD", letter)[0].lower()
    return base if len(base) == 1 else letter
