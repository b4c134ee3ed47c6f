"""Every column of the requests says in the database what erasure does with it."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import connection

from booking.models.columns import ERASE_HEALTH, ERASE_LINK, ERASE_PERSON, KEEP, KEEP_STAFF

CLASSES = {KEEP, KEEP_STAFF, ERASE_PERSON, ERASE_HEALTH, ERASE_LINK}
COMMENTS = """
    SELECT c.relname, a.attname, col_description(c.oid, a.attnum)
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
      AND c.relname LIKE 'booking\\_%%' AND a.attnum > 0 AND NOT a.attisdropped
"""


def _columns() -> list[tuple[str, str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(COMMENTS)
        return cursor.fetchall()


@pytest.mark.django_db
def test_every_column_of_every_table_carries_its_class():
    columns = _columns()
    tables = {model._meta.db_table for model in apps.get_app_config("booking").get_models()}
    assert {table for table, _column, _comment in columns} == tables
    assert [(table, column) for table, column, comment in columns if comment not in CLASSES] == []


@pytest.mark.django_db
def test_what_is_sealed_or_hashed_is_never_kept():
    hidden = [row for row in _columns() if "sealed" in row[1] or "hash" in row[1] or row[1] == "search"]
    assert len(hidden) >= 6
    kept = {f"{table}.{column}" for table, column, comment in hidden if not comment.startswith("erase:")}
    # Gone by itself when its window ends, and tied to no request.
    assert kept == {"booking_ratecount.origin_hash"}
