"""Rows that one query read as JSON, those of several tables together, as objects of their models."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, TypeVar

from django.db.models import BinaryField, Field, Model

AnyModel = TypeVar("AnyModel", bound=Model)


def rows_as(model: type[AnyModel], rows: str | Sequence[dict[str, Any]] | None) -> list[AnyModel]:
    """Return rows, by column, as objects; None stands for no rows.

    What is named "relation__field" becomes the related object, None when the row has none. What is no column
    is set as an annotation is. Columns that were not read are deferred.
    """
    return [_object(model, row) for row in (json.loads(rows) if isinstance(rows, str) else rows or ())]


def _object(model: type[AnyModel], row: dict[str, Any]) -> AnyModel:
    fields = {field.attname: field for field in model._meta.concrete_fields if field.attname in row}
    made = model.from_db(None, fields, [_value(field, row[name]) for name, field in fields.items()])
    for relation in {name.split("__")[0] for name in row if "__" in name}:
        start = f"{relation}__"
        part = {name.removeprefix(start): value for name, value in row.items() if name.startswith(start)}
        field: Any = model._meta.get_field(relation)
        there = any(value is not None for value in part.values())
        field.set_cached_value(made, _object(field.related_model, part) if there else None)
    for name in row.keys() - fields.keys():
        if "__" not in name:
            setattr(made, name, row[name])
    return made


def _value(field: Field[Any, Any], value: Any) -> Any:
    # PostgreSQL writes bytes into JSON as hexadecimal digits after a "\\x".
    return bytes.fromhex(value[2:]) if isinstance(field, BinaryField) else field.to_python(value)
