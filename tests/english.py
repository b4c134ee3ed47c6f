"""Finds English that a patient would read on a Spanish page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from xml.etree.ElementTree import Element

import html5lib

from clinic_site.local.messages import catalogue


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Words that stand in nearly every sentence of one language and in none of the other.
ENGLISH = _words(
    "the and you your with of is are this that we our for from not can it they have has was were will or "
    "on in at by to be an if what when how who which do does did there here more than about"
)
SPANISH = _words(
    "el la los las de del que y en un una su sus con por para no es son se le lo al más o si como esta este "
    "qué cuándo cómo hay sin sobre puede usted"
)
READ_ATTRIBUTES = ("alt", "aria-label", "title", "placeholder", "label")
BREAKS = _words(
    "p li dt dd h1 h2 h3 h4 h5 h6 div section td th caption summary label legend a button option "
    "figcaption span title header footer nav main form fieldset ul ol dl table tr br article aside strong "
    "address"
)
NAME = "{http://www.w3.org/1999/xhtml}"


def english_on(html: str) -> list[str]:
    """Return every piece of visible text, or text read out, that is English or an untranslated message."""
    pieces = dict.fromkeys(" ".join(piece.split()) for piece in _pieces(html5lib.parse(html)))
    return [piece for piece in pieces if piece and is_english(piece)]


def is_english(text: str) -> bool:
    """Whether a text is an English message with other words in Spanish, or reads like English."""
    if text.strip(" :.") in _translated():
        return True
    # Addresses are no language.
    words = re.findall(r"[a-záéíóúüñ']+", re.sub(r"\S*[/@]\S*", " ", text.lower()))
    english = sum(word in ENGLISH for word in words)
    return english >= 2 and english > sum(word in SPANISH for word in words)


@cache
def _translated() -> frozenset[str]:
    """Return the English of every message whose Spanish reads otherwise."""
    singles = [m for m in catalogue() if m.id and isinstance(m.id, str) and m.string]
    return frozenset(
        message.id.strip(" :.")
        for message in singles
        if "%" not in message.id and message.id != message.string and _is_word(message.id)
    )


def _is_word(text: str) -> bool:
    return bool(re.search(r"[a-z]{3}", text))


def _pieces(element: Element) -> Iterator[str]:
    """Return runs of text; what says that it is in English, and what nobody sees, is left out."""
    text: list[str] = []
    for kind, value in _walk(element):
        if kind == "text":
            text.append(value)
            continue
        yield "".join(text)
        text.clear()
        if kind == "attribute":
            yield value
    yield "".join(text)


def _walk(element: Element) -> Iterator[tuple[str, str]]:
    if not isinstance(element.tag, str):
        return
    tag = element.tag.removeprefix(NAME)
    if tag in ("script", "style") or _is_foreign(element, tag):
        return
    yield from (("attribute", element.attrib[name]) for name in READ_ATTRIBUTES if name in element.attrib)
    if tag == "meta" and element.attrib.get("name") == "description":
        yield "attribute", element.attrib.get("content", "")
    if tag == "input" and element.attrib.get("type") in ("submit", "button"):
        yield "attribute", element.attrib.get("value", "")
    if tag in BREAKS:
        yield "break", ""
    yield "text", element.text or ""
    for child in element:
        yield from _walk(child)
        yield "text", child.tail or ""
    if tag in BREAKS:
        yield "break", ""


def _is_foreign(element: Element, tag: str) -> bool:
    """Whether the element says that its words are not Spanish, or not to be translated (a name)."""
    return (tag != "html" and element.attrib.get("lang", "es") != "es") or element.attrib.get(
        "translate"
    ) == "no"
