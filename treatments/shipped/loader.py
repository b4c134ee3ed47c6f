"""Puts shipped records into the database and leaves alone whatever staff changed, made or deleted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError, TextField

from treatments import models
from treatments.models import LoadedContent, references
from treatments.shipped.content_files import Record

# By the first word of a record's label; parents stand before the rows that refer to them.
MODELS: dict[str, Any] = {
    "source": models.Source,
    "clinic": models.Clinic,
    "hours": models.OpeningHours,
    "clinician": models.Clinician,
    "condition": models.Condition,
    "indication": models.Indication,
    "finding": models.Finding,
    "harm": models.Harm,
    "page": models.Page,
    "section": models.Section,
    "faq": models.FAQ,
}

# Whether a page is shown is for staff to say, once it is there: publishing it does not make its words theirs.
EDITORIAL = {"page": "status", "faq": "status"}


@dataclass
class Report:
    """The labels of what was made, renewed, removed, and left alone because staff changed it."""

    created: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    left_alone: list[str] = field(default_factory=list)


@transaction.atomic
def load(records: Iterable[Record], *, keep: Iterable[str] = ()) -> Report:
    """Bring the database to the records and return what was done.

    Rows of earlier records that are no longer shipped are removed, except the labels in `keep`.
    Raises ValidationError, naming the record, when a row would not pass the editor's own checks.
    """
    loader = _Loader()
    for record in records:
        loader.put(record)
    loader.withdraw(set(keep))
    loader.check()
    return loader.report


class _Loader:
    """One run. What was loaded is remembered by label, so a row staff deleted is not made again."""

    def __init__(self) -> None:
        self.report = Report()
        self.remembered = {row.label: row for row in LoadedContent.objects.all()}
        self.rows: dict[str, Any] = {}
        self.written: list[tuple[str, Any]] = []
        self.seen: set[str] = set()
        self._tables: dict[Any, dict[Any, Any]] = {}

    def put(self, record: Record) -> None:
        self.seen.add(record.label)
        last = self.remembered.get(record.label)
        if not last and self._can_create(record):
            return self._create(record)
        row = self._remembered_row(record.label)
        if not last or row is None:
            return self.report.left_alone.append(record.label)
        self.rows[record.label] = row
        loaded, shipped = _content(record.label, last.values["fields"]), _content(record.label, record.fields)
        if self._changed(row, loaded, shipped):
            self.report.left_alone.append(record.label)
        elif shipped != loaded:
            self._update(record, row, last)

    def withdraw(self, keep: set[str]) -> None:
        """Remove what is no longer shipped and nobody changed, children before their parents."""
        order = list(MODELS)
        for label in sorted(
            self.remembered.keys() - self.seen - keep, key=lambda label: -order.index(_kind(label))
        ):
            row, last = self._remembered_row(label), self.remembered[label]
            if row is not None and not self._changed(row, _content(label, last.values["fields"]), {}):
                self._remove(label, row, last)

    def check(self) -> None:
        """Hold the texts just written to the checks that staff meet; the database held the constraints."""
        for label, row in self.written:
            try:
                row.clean_fields()
                row.clean()
                references.refuse_unknown_sources(_texts(row))
            except ValidationError as error:
                raise ValidationError(f"{label}: {'; '.join(error.messages)}") from error

    def _can_create(self, record: Record) -> bool:
        """Whether all rows it refers to are there and staff have not made one like it."""
        natural = {name: record.fields[name] for name in record.natural}
        for name, value in natural.items():
            if record.model._meta.get_field(name).is_relation:
                if value not in self.rows:
                    return False
                natural[name] = self.rows[value]
        return not record.model.objects.filter(**natural).exists()

    def _create(self, record: Record) -> None:
        row = record.model()
        self._fill(row, record.fields)
        row.save(force_insert=True)
        LoadedContent.objects.create(label=record.label, values={"pk": row.pk, "fields": record.fields})
        self.rows[record.label] = row
        self.written.append((record.label, row))
        self.report.created.append(record.label)

    def _update(self, record: Record, row: Any, last: LoadedContent) -> None:
        self._fill(row, _content(record.label, record.fields))
        row.save()
        last.values = {"pk": row.pk, "fields": record.fields}
        last.save()
        self.written.append((record.label, row))
        self.report.updated.append(record.label)

    def _remove(self, label: str, row: Any, last: LoadedContent) -> None:
        try:
            with transaction.atomic():
                row.delete()
                last.delete()
        except ProtectedError:
            return
        self.report.removed.append(label)

    def _changed(self, row: Any, loaded: dict[str, Any], shipped: dict[str, Any]) -> bool:
        """Whether staff wrote something into the fields that were loaded, or that are to be loaded now."""
        edited = any(not self._holds(row, name, value) for name, value in loaded.items())
        filled = any(
            not self._holds(row, name, value) and getattr(row, name) not in (None, "")
            for name, value in shipped.items()
            if name not in loaded and name.endswith(("_en", "_es"))
        )
        return edited or filled

    def _holds(self, row: Any, name: str, value: Any) -> bool:
        column = row._meta.get_field(name)
        if column.is_relation:
            return bool(getattr(row, column.attname) == self._pk(value))
        return bool(getattr(row, name) == column.to_python(value))

    def _pk(self, label: str) -> Any:
        """Return the key of the row that a label stands for, also when that row is gone."""
        last = self.remembered.get(label)
        return last.values["pk"] if last else self.rows[label].pk

    def _fill(self, row: Any, fields: dict[str, Any]) -> None:
        for name, value in fields.items():
            column = row._meta.get_field(name)
            setattr(row, name, self.rows[value] if column.is_relation else column.to_python(value))

    def _remembered_row(self, label: str) -> Any | None:
        """Return the row that a label stands for, or None when staff made their own or deleted it."""
        last = self.remembered.get(label)
        if not last:
            return None
        model = MODELS[_kind(label)]
        if model not in self._tables:
            self._tables[model] = model.objects.in_bulk()
        return self._tables[model].get(last.values["pk"])


def _kind(label: str) -> str:
    return label.partition(":")[0]


def _content(label: str, fields: dict[str, Any]) -> dict[str, Any]:
    """Return the fields without the one that staff alone decide about."""
    editorial = EDITORIAL.get(_kind(label))
    return {name: value for name, value in fields.items() if name != editorial}


def _texts(row: Any) -> list[str]:
    return [getattr(row, f.attname) or "" for f in row._meta.concrete_fields if isinstance(f, TextField)]
