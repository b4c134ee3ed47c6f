"""What changed between two versions of a text, field by field, in words that a person can read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.utils.formats import localize
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from treatments.editorial.history import State

# Words kept around a change, so that one sees where it stands.
AROUND = 12
# Beyond so many words in one passage, it is shown whole as gone and as new.
MAX_LENGTH = 3_000
NOT_SHOWN = frozenset({"id", "updated_at", "page_id", "indication_id"})


@dataclass(frozen=True)
class Piece:
    """A stretch of words: "same", "gone" or "new"."""

    kind: str
    text: str


@dataclass(frozen=True)
class Difference:
    """One field that changed, with its words before and after as pieces."""

    where: str
    pieces: tuple[Piece, ...]


def between(before: State, after: State) -> list[Difference]:
    """Return the fields that differ, in the order of the later version, then what is gone altogether."""
    keys = [*after, *(key for key in before if key not in after)]
    return [found for key in keys for found in _in_row(key, before.get(key), after.get(key))]


def words(before: str, after: str) -> tuple[Piece, ...]:
    """Return what stayed, went and came between two texts."""
    one, other = re.findall(r"\S+\s*|\s+", before), re.findall(r"\S+\s*|\s+", after)
    if len(one) > MAX_LENGTH or len(other) > MAX_LENGTH:
        return _by_line(before, after)
    return tuple(_pieces(one, other))


def _in_row(
    key: tuple[Any, str], before: dict[str, Any] | None, after: dict[str, Any] | None
) -> Iterator[Difference]:
    model, _pk = key
    row = after or before or {}
    for name in row:
        if name in NOT_SHOWN:
            continue
        field = model._meta.get_field(name.removesuffix("_id") if name.endswith("_id") else name)
        old, new = (_shown(field, (values or {}).get(name)) for values in (before, after))
        if old != new:
            yield Difference(f"{_name(model, row)}: {capfirst(field.verbose_name)}", words(old, new))


def _name(model: Any, row: dict[str, Any]) -> str:
    """Return what a row is called: “section Who should not”."""
    called = next((row[name] for name in ("title_en", "question_en", "name_en", "measure_en", "title")
                   if row.get(name)), row.get("key", ""))  # fmt: skip
    kind = str(capfirst(model._meta.verbose_name))
    return f"{kind} “{Truncator(called).chars(60)}”" if called else kind


def _shown(field: Any, value: Any) -> str:
    if value is None:
        return ""
    if field.is_relation:
        related = field.related_model.objects.filter(pk=value).first()
        return str(related) if related else _("deleted")
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(localize(value)) if not isinstance(value, str) else value


def _by_line(before: str, after: str) -> tuple[Piece, ...]:
    return tuple(_pieces(before.splitlines(keepends=True), after.splitlines(keepends=True)))


def _pieces(one: list[str], other: list[str]) -> Iterator[Piece]:
    # The space after a word is shown with it, and does not make it another word.
    bare = [[word.strip() for word in words] for words in (one, other)]
    for kind, a, b, c, d in SequenceMatcher(None, bare[0], bare[1]).get_opcodes():
        if kind == "equal":
            yield Piece("same", _shortened(other[c:d], first=a == 0, last=b == len(one)))
            continue
        if b > a:
            yield Piece("gone", "".join(one[a:b]))
        if d > c:
            yield Piece("new", "".join(other[c:d]))


def _shortened(words: list[str], *, first: bool, last: bool) -> str:
    """Return words that stayed, the middle of a long stretch left out."""
    start, end = ([] if first else words[:AROUND]), ([] if last else words[-AROUND:])
    if len(words) <= len(start) + len(end) + 2 or len(words) <= AROUND:
        return "".join(words)
    return f"{''.join(start)} […] {''.join(end)}"
