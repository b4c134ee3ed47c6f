"""What a test finds in the database: what migrations fill in, and the shipped content.

Both are made once in the template of the workers' databases and set aside there, in schemas of their own;
from those the database copies them, which takes milliseconds.
"""

from __future__ import annotations

from functools import cache

from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, transaction

from booking.models import KeyCheck
from treatments.models import LoadedContent
from treatments.shipped.content_files import records
from treatments.shipped.loader import MODELS, load

MIGRATED = "as_migrated"
# By whether the placeholders of a demonstration are among it.
SHIPPED = {False: "shipped", True: "shipped_demo"}
CONTENT = [*dict.fromkeys(MODELS.values()), LoadedContent]


def set_aside() -> None:
    """Set aside what a new database holds, and the shipped content, unless that was done."""
    if _tables(MIGRATED):
        return
    with transaction.atomic():
        # As the release step does.
        KeyCheck.remember()
        _keep(MIGRATED, _filled())
        for demo, schema in SHIPPED.items():
            if demo:
                call_command("load_content", demo=True, verbosity=0)
            else:
                load(records())
            _keep(schema, [model._meta.db_table for model in CONTENT])
            reset()
            _execute(*connection.ops.sequence_reset_sql(no_style(), CONTENT))


def load_shipped(*, demo: bool) -> None:
    """Put the shipped content into the empty tables, with the placeholders of a demonstration or without."""
    sequences = connection.ops.sequence_reset_sql(no_style(), CONTENT)
    _execute(*(_copy(SHIPPED[demo], model._meta.db_table) for model in CONTENT), *sequences)


def reset() -> None:
    """Bring every table to what migrations left in it.

    Whoever still writes is waited for. Triggers rest meanwhile: the history refuses to lose a row.
    """
    with transaction.atomic():
        _execute(*_steps_of_reset())


@cache
def _steps_of_reset() -> list[str]:
    tables = [_quoted(name) for name in _tables("public")]
    return [
        f"LOCK TABLE {', '.join(tables)} IN EXCLUSIVE MODE",
        "SET LOCAL session_replication_role = replica",
        *(f"DELETE FROM {table}" for table in tables),  # noqa: S608 (names of tables)
        *(_copy(MIGRATED, name) for name in _tables(MIGRATED)),
        "SET LOCAL session_replication_role = DEFAULT",
    ]


def _keep(schema: str, tables: list[str]) -> None:
    copies = (f"CREATE TABLE {schema}.{_quoted(name)} AS TABLE public.{_quoted(name)}" for name in tables)
    _execute(f"CREATE SCHEMA {schema}", *copies)


def _copy(schema: str, table: str) -> str:
    table = _quoted(table)
    return f"INSERT INTO public.{table} SELECT * FROM {schema}.{table}"  # noqa: S608 (names of tables)


def _filled() -> list[str]:
    with connection.cursor() as cursor:
        filled = []
        for name in _tables("public"):
            cursor.execute(f"SELECT EXISTS (SELECT FROM public.{_quoted(name)})")  # noqa: S608
            filled += [name] * cursor.fetchone()[0]
    return filled


def _tables(schema: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s ORDER BY tablename", [schema])
        return [name for (name,) in cursor.fetchall()]


def _execute(*statements: str) -> None:
    """Send all in one go: nearly all of their time would be the way there and back."""
    with connection.cursor() as cursor:
        cursor.execute("; ".join(statement.rstrip(";") for statement in statements))


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
