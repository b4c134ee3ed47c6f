"""The queue with ten and a hundred thousand requests: few queries, and none that reads them all."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings

from bench.fill import fill
from booking.admin.lists.bounded_counts import MAX_COUNTED
from booking.admin.lists.filters import Filters, hashes_for_address
from booking.models import ConsultationRequest
from tests.booking.admin.conftest import QUEUE

QUERIES = 8
# The figures look at 1,000 of each of the five statuses, and a list that is sorted whole has fewer than 500.
OPEN_TOUCHED = 10_000
# Page 100 of finished requests passes over 5,000; what is rare among them is sought among 10,000, whose
# end is looked up first.
MOST_TOUCHED = 30_000
SIZES = {10_000: 300, 100_000: 8_000}
LISTS = {
    "everything": "", "mine": "?who=me", "unassigned": "?who=nobody", "late": "?show=overdue",
    "same day": "?show=same-day",
    "visits": "?show=visits", "calls": "?show=calls", "topic": "?topic=tmj", "priority": "?priority=soon",
    "new": "?status=new", "agreed": "?status=scheduled", "waiting": "?status=waiting",
    "today": "?show=today", "lapsing": "?show=lapsing", "news": "?show=news",
    "language": "?language=es", "age": "?age=2",
    "finished": "?status=finished", "page 100 of finished": "?status=finished&page=100",
    "closed, finished": "?status=closed",
    "priority of finished": "?status=finished&priority=same-day", "flag": "?flag=interpreter",
    "colleague's finished": "?status=finished&who=me", "finished long ago": "?status=finished&age=30",
    "language of finished": "?status=finished&language=es", "flag of finished": "?status=seen&flag=minor",
    "rare finished": "?status=declined&topic=tmj&language=es&priority=same-day&flag=minor",
    "finished until": "?status=finished&until=2025-06-01", "nobody found": "?find=00000000000000aa",
}  # fmt: skip


@pytest.fixture(scope="module", params=SIZES, ids=lambda rows: f"{rows:,}")
def filled(request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker) -> Iterator[int]:
    """Fill the tables once for all lists, in a transaction that is thrown away."""
    with django_db_blocker.unblock(), transaction.atomic():
        # On a busy machine filling takes longer than a page may wait for.
        with override_settings(DATABASE_STATEMENT_TIMEOUT_MS=120_000):
            fill(request.param, open_rows=SIZES[request.param], history=False)
        yield request.param
        transaction.set_rollback(True)


@pytest.fixture
def nurse(filled: int, db: None) -> Client:
    client = Client()
    client.force_login(User.objects.filter(username__startswith="bench-").earliest("pk"))
    client.get(QUEUE)
    return client


@pytest.mark.parametrize("name", LISTS)
def test_every_list_takes_few_queries_and_none_reads_the_whole_table(
    name: str, nurse: Client, filled: int
) -> None:
    assert _touched_for(nurse, LISTS[name]) <= (MOST_TOUCHED if "finished" in name else OPEN_TOUCHED)


def test_a_search_reads_those_that_it_finds_however_many_are_open(nurse: Client, filled: int) -> None:
    names = ConsultationRequest.objects.earliest("received_at").search[:2]
    for hashes in (names[:1], names[1:], names):
        find = Filters(find=hashes_for_address(hashes)).address()
        assert _touched_for(nurse, find) <= OPEN_TOUCHED


def _touched_for(nurse: Client, address: str) -> int:
    """Open a list, in few queries; return how many rows the database touched for it."""
    with CaptureQueriesContext(connection) as queries:
        assert nurse.get(QUEUE + address).status_code == 200
    assert len(queries) <= QUERIES
    read = [one["sql"] for one in queries.captured_queries if one["sql"].startswith("SELECT")]
    return sum(_touched(_plan(sql)) for sql in read if "booking_consultationrequest" in sql)


def test_figures_stop_where_nobody_reads_on(nurse: Client, filled: int) -> None:
    text = nurse.get(QUEUE).text
    assert ("1,000+" in text) == (SIZES[filled] > 5 * MAX_COUNTED)


def test_the_pages_of_a_long_list_hold_each_request_once(nurse: Client, filled: int) -> None:
    seen: list[str] = []
    for number in range(1, 5):
        rows = nurse.get(QUEUE, {"page": number}).context["groups"]
        seen += [str(row.request.pk) for group in rows for row in group.rows]
    assert len(seen) == len(set(seen)) == 200
    assert ConsultationRequest.objects.open().filter(pk__in=seen).count() == 200


def _plan(sql: str) -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}")
        (found,) = cursor.fetchone()
    return (json.loads(found) if isinstance(found, str) else found)[0]["Plan"]


def _touched(node: dict[str, Any]) -> float:
    """Return how many requests a plan looks at, those it then leaves out included."""
    here = 0.0
    if node.get("Relation Name") == "booking_consultationrequest":
        here = (node["Actual Rows"] + node.get("Rows Removed by Filter", 0)) * node["Actual Loops"]
    return here + sum(_touched(below) for below in node.get("Plans", []))
