"""The Spanish texts say what the English ones say: part by part, source by source, number by number."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import textstat
from django.utils import translation

from tests.treatments.shipped.shipped import PAGES, prose, read
from treatments.editorial import review
from treatments.models import Page
from treatments.shipped.content_files import CONTENT, HEADING
from treatments.text import directives, markup

LEAST_READABLE = 65
FILES = [*(f"pages/{key}.md" for key in PAGES), "faqs.md"]
TABLES = ("clinic.toml", "conditions.toml", "demo.toml")
BOX = re.compile(r"^::: *([a-z0-9-]+)(?: +(.*))?$", re.MULTILINE)
NUMBER = re.compile(r"\d+(?:[.,:-]\d+)*")
SPANISH = re.compile(r"\b(de|la|el|los|las|que|en|un|una|y|con|si|no|su|al|se|por|para|es)\b")


@cache
def front_matter(language: str, name: str) -> dict[str, Any]:
    text = (CONTENT / language / name).read_text(encoding="utf-8")
    return tomllib.loads(text.split("+++\n", 2)[1]) if text.startswith("+++\n") else {}


@cache
def sections(language: str, name: str) -> dict[str, tuple[str, str]]:
    """Return heading and text of each section by its anchor, in the order of the file."""
    _before, *parts = HEADING.split((CONTENT / language / name).read_text(encoding="utf-8"))
    return {
        anchor: (title, text)
        for title, anchor, text in zip(parts[::3], parts[1::3], parts[2::3], strict=True)
    }


def both(name: str) -> list[tuple[str, str, str]]:
    """Return (place, English, Spanish) for the front matter and each section."""
    english, spanish = (front_matter(language, name) for language in ("en", "es"))
    words = [
        (field, value, spanish.get(field, ""))
        for field, value in english.items()
        if isinstance(value, str) and field != "kind"
    ]
    english, spanish = (sections(language, name) for language in ("en", "es"))
    return words + [
        (anchor, "\n".join(english[anchor]), "\n".join(spanish.get(anchor, ("", "")))) for anchor in english
    ]


def differences(name: str, found: Any) -> list[tuple[str, Any, Any]]:
    """Return the places where `found` finds other things in the Spanish than in the English."""
    rows = [(place, found(english), found(spanish)) for place, english, spanish in both(name)]
    return [row for row in rows if row[1] != row[2]]


def shapes(text: str) -> list[str]:
    """Return the boxes, figures and notes of a text; the title of a box is words, a note's name is not."""
    return [f"{name} {rest}" if directives.is_slot(name) else name for name, rest in BOX.findall(text)]


def blocks(text: str) -> list[str]:
    """Return what the text is made of: paragraphs, list items, cells of tables, words in bold, links."""
    spans = ("span_open",)  # A change of language within a sentence has no twin on the other side.
    return [t.type for t in markup.parse(text) if t.type.endswith("_open") and t.type not in spans]


def links(text: str) -> list[str]:
    return re.findall(r"\]\(([^)]+)\)", text)


def numbers(text: str) -> list[str]:
    """Return the figures of a text in any order: a sentence may need another order in Spanish."""
    return sorted(NUMBER.findall(re.sub(r"\[@[^\]]*\]|\{#[^}]*\}|\]\([^)]*\)", "", text)))


def every_table(value: Any, path: str = "") -> list[tuple[str, dict[str, Any]]]:
    """Return each table of a TOML file with the path that leads to it."""
    rows = value if isinstance(value, list) else [value]
    tables = [(path, row) for row in rows if isinstance(row, dict)]
    return tables + [
        found
        for at, row in tables
        for key, inner in row.items()
        for found in every_table(inner, f"{at}/{key}")
    ]


@pytest.fixture(scope="module")
def spanish_pages(_content, django_db_blocker) -> dict[str, tuple[dict[str, Any], str]]:
    with django_db_blocker.unblock(), translation.override("es"):
        return {key: read(key) for key in PAGES}


@pytest.mark.parametrize("folder", ["pages", "."])
def test_each_english_file_has_its_spanish_and_no_other(folder):
    english, spanish = (
        {path.name for path in (Path(CONTENT) / language / folder).glob("*.md")} for language in ("en", "es")
    )
    assert spanish == english


@pytest.mark.parametrize("name", FILES)
def test_the_same_sections_stand_in_the_same_order(name):
    assert list(sections("es", name)) == list(sections("en", name))


@pytest.mark.parametrize("name", FILES)
def test_the_front_matter_has_the_same_words_to_read(name):
    english, spanish = (front_matter(language, name) for language in ("en", "es"))
    words = {field for field, value in english.items() if isinstance(value, str) and field != "kind"}
    assert {field for field, value in spanish.items() if value} == words


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("found", [markup.cited_keys, shapes, blocks, links, numbers])
def test_each_section_says_the_same_with_the_same_proof(name, found):
    assert differences(name, found) == []


@pytest.mark.parametrize("name", FILES)
def test_every_text_is_spanish(name):
    for place, english, spanish in both(name):
        assert spanish.strip(), place
        if len(english.split()) > 12:
            assert spanish != english, place
            assert SPANISH.search(spanish), place


@pytest.mark.parametrize("name", TABLES)
def test_every_field_of_the_tables_has_its_spanish_with_the_same_figures_and_sources(name):
    for path, row in every_table(tomllib.loads((CONTENT / name).read_text(encoding="utf-8"))):
        for field, english in row.items():
            if not field.endswith("_en"):
                continue
            spanish = row.get(f"{field[:-3]}_es", "")
            assert spanish, f"{path}/{field}"
            assert numbers(spanish) == numbers(english), f"{path}/{field}"
            assert markup.cited_keys(spanish) == markup.cited_keys(english), f"{path}/{field}"


@pytest.mark.parametrize("key", PAGES)
def test_a_page_counts_as_spanish(content, key):
    assert review.has_spanish(Page.objects.get(key=key))


@pytest.mark.parametrize("key", PAGES)
def test_the_spanish_is_easy_to_read(spanish_pages, key):
    text = prose(spanish_pages[key][1]).replace("EE. UU.", "EEUU")
    textstat.set_lang("es")
    try:
        worst = sorted(re.split(r"(?<=[.?!])\s+", text), key=textstat.fernandez_huerta)[:5]
        assert textstat.fernandez_huerta(text) >= LEAST_READABLE, worst
    finally:
        textstat.set_lang("en")


@pytest.mark.parametrize("key", PAGES)
def test_the_spanish_speaks_with_usted(spanish_pages, key):
    context, text = spanish_pages[key]
    titles = " ".join(section.title for section in context["sections"])
    text = re.sub(r"<[^>]+>", " ", f"{context['page'].title} {titles} {text}").lower()
    assert (
        re.findall(r"\b(tú|tus?|tienes|puedes|quieres|eres|estás|llámanos|por favor|contigo)\b", text) == []
    )


@pytest.mark.parametrize("key", PAGES)
def test_emergency_words_are_the_agreed_ones(spanish_pages, key):
    context = spanish_pages[key][0]
    english = {section.anchor: section for section in Page.objects.get(key=key).sections.all()}
    for section in context["sections"]:
        calls = len(re.findall(r"[Cc]all 911", english[section.anchor].body_en))
        assert len(re.findall(r"[Ll]lame al 911", section.html)) == calls, section.anchor
