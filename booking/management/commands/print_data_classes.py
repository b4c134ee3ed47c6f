"""manage.py print_data_classes: what every column of the requests holds, and what erasure does with it."""

from __future__ import annotations

from django.apps import apps

from booking.management.generated import GeneratedDocument, table


class Command(GeneratedDocument):
    help = "Writes docs/reference/data-classes.md from the columns' comments, which the database has too."
    name = "reference/data-classes.md"

    def text(self) -> str:
        rows: list[tuple[str, ...]] = [
            (model._meta.db_table, str(field.column), *_class_of(field.db_comment or ""))
            for model in sorted(apps.get_app_config("booking").get_models(), key=lambda m: m._meta.db_table)
            for field in model._meta.local_concrete_fields
        ]
        return (
            "# Data classes\n\n"
            "What erasing a request does with each column. The same words are the column's comment in the\n"
            "database.\n\n"
        ) + table(("table", "column", "erasure", "why"), rows)


def _class_of(comment: str) -> tuple[str, str]:
    erasure, _, why = comment.partition(": ")
    return erasure, why
