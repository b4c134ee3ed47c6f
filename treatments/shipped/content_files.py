"""The files under treatments/content/ as records for the loader.

sources.toml, clinic.toml, conditions.toml, demo.toml   rows with the names of the fields
en/pages/<key>.md, en/faqs.md                           +++ TOML +++, then `## Heading {#anchor}` and text
es/...                                                  the same files in Spanish, when they are there
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from treatments import models

CONTENT = Path(__file__).parent.parent / "content"
LANGUAGES = ("en", "es")
HEADING = re.compile(r"^## (?P<title>.+?) \{#(?P<anchor>[a-z0-9-]+)\}\s*$", re.MULTILINE)


@dataclass(frozen=True)
class Record:
    """A row as shipped. `natural` names the fields that find it; a relation holds another record's label."""

    label: str
    model: Any
    natural: tuple[str, ...]
    fields: dict[str, Any]


def records(folder: Path = CONTENT) -> list[Record]:
    """Return all records, each after those that it refers to. Raises ValueError for a broken file."""
    return [
        *_sources(folder),
        *_clinic(folder / "clinic.toml"),
        *_conditions(folder),
        *_pages(folder),
        *_faqs(folder),
    ]


def demo_records(folder: Path = CONTENT) -> list[Record]:
    """Return placeholder clinicians and opening hours, for demonstrations alone."""
    return list(_clinic(folder / "demo.toml"))


def _toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _sources(folder: Path) -> Iterator[Record]:
    for key, values in _toml(folder / "sources.toml").items():
        yield Record(f"source:{key}", models.Source, ("key",), {"key": key, **values})


def _clinic(path: Path) -> Iterator[Record]:
    data = _toml(path)
    if "clinic" in data:
        yield Record("clinic:1", models.Clinic, (), data["clinic"])
    for row in data.get("opening_hours", []):
        label = f"hours:{row['weekday']}/{row['opens']}"
        yield Record(label, models.OpeningHours, ("weekday", "opens"), row)
    for row in data.get("clinicians", []):
        yield Record(f"clinician:{row['name']}", models.Clinician, ("name",), row)


def _conditions(folder: Path) -> Iterator[Record]:
    for position, (slug, row) in enumerate(_toml(folder / "conditions.toml").items()):
        uses = row.pop("indications")
        yield Record(
            f"condition:{slug}", models.Condition, ("slug",), {"slug": slug, **row, "position": position}
        )
        for place, (key, use) in enumerate(uses.items()):
            yield from _indication(slug, key, place, use)


def _indication(slug: str, key: str, position: int, row: dict[str, Any]) -> Iterator[Record]:
    label = f"indication:{slug}/{key}"
    parts = {"finding": row.pop("findings", {}), "harm": row.pop("harms", {})}
    fields = {"condition": f"condition:{slug}", "key": key, **row, "position": position}
    yield Record(label, models.Indication, ("condition", "key"), fields)
    for kind, model in (("finding", models.Finding), ("harm", models.Harm)):
        for place, (name, part) in enumerate(parts[kind].items()):
            given = {**part, "source": f"source:{part['source']}", "position": place}
            fields = {"indication": label, "key": name, **given}
            yield Record(f"{kind}:{slug}/{key}/{name}", model, ("indication", "key"), fields)


def _pages(folder: Path) -> Iterator[Record]:
    for path in sorted((folder / "en" / "pages").glob("*.md")):
        key = path.stem
        fields, sections = _in_each_language(folder, f"pages/{path.name}")
        if fields["kind"] == "condition":
            fields["condition"] = f"condition:{key}"
        yield Record(f"page:{key}", models.Page, ("key",), {"key": key, **fields, "status": "published"})
        for anchor, section in sections.items():
            section = {"page": f"page:{key}", "anchor": anchor, **section}
            yield Record(f"section:{key}/{anchor}", models.Section, ("page", "anchor"), section)


def _faqs(folder: Path) -> Iterator[Record]:
    _fields, questions = _in_each_language(folder, "faqs.md")
    renamed = {"title": "question", "body": "answer"}
    for anchor, section in questions.items():
        values = {re.sub("^(title|body)", lambda m: renamed[m[0]], name): v for name, v in section.items()}
        values |= {"anchor": anchor, "status": "published"}
        yield Record(f"faq:{anchor}", models.FAQ, ("anchor",), values)


def _in_each_language(folder: Path, name: str) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    """Return a file's front matter and its sections by anchor, with the language in the field names."""
    fields: dict[str, Any] = {}
    sections: dict[str, dict[str, Any]] = {}
    for language in LANGUAGES:
        path = folder / language / name
        if not path.exists():
            continue
        front, body = _split(path)
        for field, value in front.items():
            fields[f"{field}_{language}" if isinstance(value, str) and field != "kind" else field] = value
        for position, (anchor, title, text) in enumerate(_sections(body, path)):
            section = sections.setdefault(anchor, {"position": position})
            section |= {f"title_{language}": title, f"body_{language}": text}
    return fields, sections


def _split(path: Path) -> tuple[dict[str, Any], str]:
    text = path.read_text(encoding="utf-8")
    if not text.startswith("+++\n"):
        return {}, text
    _nothing, front, body = text.split("+++\n", 2)
    return tomllib.loads(front), body


def _sections(body: str, path: Path) -> Iterator[tuple[str, str, str]]:
    before, *parts = HEADING.split(body)
    if before.strip():
        raise ValueError(f"{path}: text before the first heading, or a heading without its anchor.")
    for title, anchor, text in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
        yield anchor, title, text.strip()
