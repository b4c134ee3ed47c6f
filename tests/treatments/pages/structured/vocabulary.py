"""Judges structured data by the schema.org vocabulary (tests/data/schema_org)."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FILE = Path(__file__).parents[3] / "data" / "schema_org" / "vocabulary.json"
VOCABULARY = json.loads(FILE.read_text(encoding="utf-8"))
TYPES, PARENTS, ENUMERATIONS = (VOCABULARY[part] for part in ("types", "parents", "enumerations"))


def faults(graph: list[dict[str, Any]]) -> list[str]:
    """Return what is wrong: unknown types and properties, values of another type, references to nothing."""
    known = {node["@id"]: node["@type"] for node in _nodes(graph) if "@type" in node and "@id" in node}
    return [fault for node in graph for fault in _faults(node, known)]


def ancestors(name: str) -> set[str]:
    """Return a type and all that it is a kind of."""
    parents = TYPES[name]["parents"] if name in TYPES else PARENTS.get(name, [])
    return {name}.union(*map(ancestors, parents))


def _faults(node: dict[str, Any], known: dict[str, str]) -> Iterator[str]:
    kind = node.get("@type", "")
    if kind not in TYPES:
        yield f"{kind!r} is no type that the vocabulary file knows"
        return
    properties: dict[str, list[str]] = {}
    for ancestor in ancestors(kind):
        properties |= TYPES[ancestor]["properties"]
    for key, values in node.items():
        if key.startswith("@"):
            continue
        if key not in properties:
            yield f"{kind} has no property {key}"
            continue
        for value in values if isinstance(values, list) else [values]:
            if not _fits(value, properties[key], known):
                yield f"{kind}.{key} takes {properties[key]}, not {value!r}"
            if isinstance(value, dict) and "@type" in value:
                yield from _faults(value, known)


def _fits(value: Any, expected: list[str], known: dict[str, str]) -> bool:
    if isinstance(value, dict):
        kind = value.get("@type") or known.get(value["@id"])
        # A breadcrumb leads to a page that is described elsewhere.
        return (
            bool(ancestors(kind) & set(expected)) if kind else "#" not in value["@id"] and "Thing" in expected
        )
    if isinstance(value, int):
        return bool({"Integer", "Number"} & set(expected))
    enumerated = {member for name in expected for member in ENUMERATIONS.get(name, ())}
    return value in enumerated or any(name in expected and fits(value) for name, fits in PLAIN.items())


def _is(parse: Any) -> Any:
    def fits(value: str) -> bool:
        try:
            parse(value)
        except ValueError:
            return False
        return True

    return fits


PLAIN = {
    "Text": lambda value: bool(value.strip()),
    "URL": lambda value: value.startswith(("http://", "https://")),
    "Date": _is(dt.date.fromisoformat),
    "Time": _is(dt.time.fromisoformat),
}


def _nodes(value: Any) -> Iterator[dict[str, Any]]:
    for one in value if isinstance(value, list) else value.values():
        if isinstance(one, dict):
            yield one
        if isinstance(one, dict | list):
            yield from _nodes(one)
