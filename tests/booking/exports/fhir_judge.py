"""What FHIR R4B asks of a bundle and the models of fhir.resources do not judge.

They hold shapes, types, required elements and "one of many". Required value sets, and the kinds of resource
that a reference may lead to, stand in them too, but only as notes on the fields: read here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from fhir.resources.R4B.bundle import Bundle
from pydantic import BaseModel

# http://hl7.org/fhir/R4B/datatypes.html: with a time of day there must be an offset.
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?([+-]\d\d:\d\d|Z)")
MOMENTS = {"timestamp", "authoredOn", "authored", "start", "end", "sent"}
URI = re.compile(r"(https?://|urn:)\S+")


def complaints(text: str) -> list[str]:
    """Return what is wrong with a bundle in JSON, after the models have taken it."""
    bundle, plain = Bundle.model_validate_json(text), json.loads(text)
    entries = {entry["fullUrl"]: entry["resource"] for entry in plain["entry"]}
    found = [] if len(entries) == len(plain["entry"]) else ["a fullUrl stands twice"]
    for url, resource in entries.items():
        if url != f"urn:uuid:{resource['id']}":
            found.append(f"{url} is not the id of its resource")
    for entry in bundle.entry or []:
        found += _of(entry.resource, entries)
    return found + [f"{name}: {value} has no offset" for name, value in _moments(plain)]


def _of(model: BaseModel, entries: dict[str, Any]) -> Iterator[str]:
    for name, field in type(model).model_fields.items():
        notes = field.json_schema_extra if isinstance(field.json_schema_extra, dict) else {}
        value = getattr(model, name, None)
        for one in value if isinstance(value, list) else [value]:
            if one is None:
                continue
            codes = notes.get("enum_values")
            if codes and one not in codes:
                yield f"{type(model).__name__}.{name}: {one} is in no value set"
            # A canonical address is a text: it names a definition, which stands in no bundle.
            if isinstance(one, BaseModel) and (kinds := notes.get("enum_reference_types")):
                yield from _leads(one, kinds, entries)
            if name == "system" and not codes and not URI.fullmatch(str(one)):
                yield f"{type(model).__name__}.system: {one} is no address"
            if isinstance(one, BaseModel):
                yield from _of(one, entries)


def _leads(reference: Any, kinds: list[str], entries: dict[str, Any]) -> Iterator[str]:
    if reference.reference:
        found = entries.get(reference.reference)
        if found is None:
            yield f"{reference.reference} leads nowhere"
        elif "Resource" not in kinds and found["resourceType"] not in kinds:
            yield f"{reference.reference} leads to a {found['resourceType']}, not to {kinds}"
    elif not (reference.identifier or reference.display):
        yield "a reference says nothing"
    if reference.type and "Resource" not in kinds and reference.type not in kinds:
        yield f"{reference.type} is none of {kinds}"


def _moments(plain: Any) -> Iterator[tuple[str, str]]:
    if isinstance(plain, list):
        for one in plain:
            yield from _moments(one)
    elif isinstance(plain, dict):
        for name, value in plain.items():
            if name in MOMENTS and isinstance(value, str) and not MOMENT.fullmatch(value):
                yield name, value
            yield from _moments(value)
