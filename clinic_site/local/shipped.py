"""The shipped pages as HTML, made from their files alone: no database is asked."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.utils.translation import override

from treatments.models.pages import Kind
from treatments.shipped.content_files import Record, records
from treatments.text import markup
from treatments.text.markup import Citations


def pages(language: str) -> dict[str, str]:
    """Return all running text of each page that is written in a language, by key. Figures are left out."""
    shipped = records()
    by_kind: dict[str, list[Record]] = defaultdict(list)
    for record in shipped:
        by_kind[record.label.partition(":")[0]].append(record)
    with override(language):
        return {
            page.fields["key"]: "".join(_blocks(page, by_kind, language))
            for page in by_kind["page"]
            if page.fields.get(f"lead_{language}")
        }


def _blocks(page: Record, by_kind: dict[str, list[Record]], language: str) -> list[str]:
    key, kind = page.fields["key"], page.fields["kind"]
    found = [_line(page.fields, f"lead_{language}")]
    if kind == Kind.CONDITION:
        uses = [use for use in by_kind["indication"] if use.fields["condition"] == f"condition:{key}"]
        found += [_line(use.fields, f"summary_{language}") for use in uses]
        labels = {use.label for use in uses}
        found += [
            _line(row.fields, f"note_{language}")
            for row in by_kind["finding"]
            if row.fields["indication"] in labels
        ]
    if kind in (Kind.HOME, Kind.INDEX):
        found += [_line(row.fields, f"summary_{language}") for row in by_kind["condition"]]
    sections = [row for row in by_kind["section"] if row.fields["page"] == page.label]
    found += [_text(row.fields, f"body_{language}") for row in sections]
    if kind == Kind.FAQ:
        for row in by_kind["faq"]:
            found += [_line(row.fields, f"question_{language}"), _text(row.fields, f"answer_{language}")]
    return found


def _line(fields: dict[str, Any], name: str) -> str:
    text = fields.get(name)
    return f"<p>{markup.render_line(text, Citations())}</p>" if text else ""


def _text(fields: dict[str, Any], name: str) -> str:
    return markup.render(fields.get(name) or "", Citations())
