"""The words of a page as somebody signs them: one line a text, with its sources, in the order of reading."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.utils.translation import gettext, override

from treatments.editorial import figures
from treatments.editorial.signoff import SignedLine
from treatments.models import FAQ, Condition, Page, Section, Source
from treatments.models.pages import Kind
from treatments.text import markup
from treatments.text.template_words import messages

# The fields that a patient reads, by the name of the model.
READ = {
    "Page": ("title", "lead", "description"),
    "Section": ("title", "body"),
    "FAQ": ("question", "answer"),
    "Condition": ("name", "short_name", "summary"),
    "Indication": ("name", "grade_label", "summary"),
    "Finding": ("measure", "unit", "note"),
    "Harm": ("name",),
}
OPTIONAL = {("Finding", "note")}
# Numbers and choices that stand beside the words, in both languages.
FACTS = {
    "Indication": ("status", "grade"),
    "Finding": ("with_botox", "with_placebo", "participants"),
    "Harm": ("percent", "one_in"),
}
# What the lines are made of, to be fetched beforehand with a page.
NEEDS = ("sections", "condition__indications__findings__source", "condition__indications__harms__source")


def lines(page: Page, language: str, sections: Sequence[Section] | None = None) -> list[SignedLine]:
    """Return everything that the page says in one language; `sections` stands for those in the database."""
    rows = list(_rows(page, sections))
    sources = _sources(rows)
    # The names of numbers are ours and not the patient's: the same whoever asks.
    with override("en"):
        found = [line for row in rows for line in _lines_of(row, language, sources)]
    with override(language):
        return [*found, *_drawn(page, rows, language)]


def lines_of_faq(row: FAQ) -> list[SignedLine]:
    """Return the English lines of one question, as they stand among those of its page."""
    with override("en"):
        return list(_lines_of(row, "en", _sources([row])))


def faq_place(row: FAQ) -> str:
    return f"faq/{row.anchor}"


def missing_spanish(page: Page) -> list[str]:
    """Return the places of the page that have no Spanish yet."""
    return [
        f"{_place(row)}, {field}"
        for row in _rows(page)
        for field in READ[type(row).__name__]
        if not getattr(row, f"{field}_es") and (type(row).__name__, field) not in OPTIONAL
    ]


def texts(page: Page, sections: Sequence[Section] | None = None) -> Iterator[str]:
    """Yield every text that may cite a source, in both languages."""
    for row in _rows(page, sections):
        for field in READ[type(row).__name__]:
            for language in ("en", "es"):
                yield getattr(row, f"{field}_{language}") or ""


def _rows(page: Page, sections: Sequence[Section] | None = None) -> Iterator[Any]:
    yield page
    parts = list(page.sections.all() if sections is None else sections)
    yield from parts
    if page.kind == Kind.FAQ:
        yield from FAQ.objects.all()
    for condition in _conditions(page):
        yield condition
        for use in condition.indications.all():
            yield use
            if page.condition:
                yield from use.findings.all()
                yield from use.harms.all()
    yield from _borrowed(parts)


def _borrowed(parts: Iterable[Any]) -> Iterator[Any]:
    """Yield the rows of other conditions that the sections show, as with `::: harms migraine`."""
    bodies = "\n\n".join(part.body_en or "" for part in parts)
    yield from dict.fromkeys(figures.rows(bodies, None))


def _conditions(page: Page) -> Iterable[Condition]:
    if page.condition:
        return [page.condition]
    if page.kind in (Kind.HOME, Kind.INDEX):
        return Condition.objects.prefetch_related("indications")
    return []


def _lines_of(row: Any, language: str, sources: dict[str, str]) -> Iterator[SignedLine]:
    """Yield one line for the row: its texts under each other, then its numbers."""
    kind = type(row).__name__
    words = {code: _words(row, READ[kind], code) for code in ("en", "es")}
    facts = [f"{row._meta.get_field(name).verbose_name}: {_fact(row, name)}" for name in FACTS.get(kind, ())]
    keys = dict.fromkeys(markup.cited_keys(words[language]))
    if kind in ("Finding", "Harm"):
        keys[row.source.key] = None
    yield SignedLine(
        place=_place(row),
        text="\n".join([words[language], *facts]),
        sources=tuple(sources.get(key, key) for key in keys),
        beside=words["en"] if language == "es" else "",
    )


def _words(row: Any, fields: Iterable[str], language: str) -> str:
    return "\n\n".join(filter(None, (getattr(row, f"{field}_{language}") or "" for field in fields)))


def _fact(row: Any, name: str) -> str:
    value = getattr(row, name)
    # A number read from the database and the same number typed into a form are one.
    return f"{value:.1f}" if row._meta.get_field(name).get_internal_type() == "DecimalField" else str(value)


def _place(row: Any) -> str:
    names: dict[str, Callable[[], str]] = {
        "Page": lambda: "page",
        "Section": lambda: f"section/{row.anchor}",
        "FAQ": lambda: faq_place(row),
        "Condition": lambda: f"condition/{row.slug}",
        "Indication": lambda: f"use/{_use(row)}",
        "Finding": lambda: f"finding/{_use(row.indication)}/{row.key}",
        "Harm": lambda: f"side-effect/{_use(row.indication)}/{row.key}",
    }
    return names[type(row).__name__]()


def _use(row: Any) -> str:
    return f"{row.condition.slug}/{row.key}"


def _sources(rows: Iterable[Any]) -> dict[str, str]:
    """Return the references that the rows cite, in full, by key."""
    cited = {
        key
        for row in rows
        for language in ("en", "es")
        for key in markup.cited_keys(_words(row, READ[type(row).__name__], language))
    }
    found = {row.key: row for row in Source.objects.filter(key__in=cited)}
    found |= {row.source.key: row.source for row in rows if type(row).__name__ in ("Finding", "Harm")}
    return {key: f"{key}: {row.text} {row.link}" for key, row in found.items()}


def _drawn(page: Page, rows: Iterable[Any], language: str) -> Iterator[SignedLine]:
    """Yield the words of each figure, and the drawing with its fingerprint."""
    for name in sorted({name for name, _about in _figures(rows, language)}):
        words = [gettext(message) for message in messages(f"treatments/pages/figures/{name}.html")]
        yield SignedLine(f"figure/{name}", "\n\n".join(words))
    if page.condition:
        name = page.condition.drawing
        label = page.condition.get_drawing_display()
        yield SignedLine(f"drawing/{name}", f"{label} ({fingerprint(f'img/drawings/{name}.svg')})")


def _figures(rows: Iterable[Any], language: str) -> list[tuple[str, str]]:
    """Return the figures that the sections open, as (name, whose numbers)."""
    bodies = "\n\n".join(getattr(row, f"body_{language}") or "" for row in rows if isinstance(row, Section))
    return markup.figures(bodies)


def fingerprint(static_path: str) -> str:
    """Return the first digits of a static file's SHA-256, or "" when there is no such file."""
    path = finders.find(static_path)
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()[:12] if path else ""
