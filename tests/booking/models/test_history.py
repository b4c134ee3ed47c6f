"""The history and the access log are only ever added to, whoever tries."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from booking import actions
from booking.models import AccessLog, Event
from booking.models.access import Look
from booking.rules.transitions import Verb
from tests.factories import everybody, make_request

pytestmark = pytest.mark.django_db


@pytest.fixture
def history():
    request = make_request()
    actions.record_access(Look.VIEW, by=everybody(), consultation=request)
    with connection.cursor() as cursor:
        # As if committed: TRUNCATE waits for no deferred foreign keys.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    return request


@pytest.mark.parametrize("table", [Event._meta.db_table, AccessLog._meta.db_table])
@pytest.mark.parametrize(
    "statement",
    ["UPDATE {} SET at = now()", "DELETE FROM {}", "TRUNCATE {} CASCADE"],
    ids=["update", "delete", "truncate"],
)
def test_even_the_owner_cannot_change_it(history, table, statement):
    with (
        pytest.raises(ProgrammingError, match=f"{table} is append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(table))


def test_emptying_the_requests_does_not_take_the_history_along(history):
    with (
        pytest.raises(ProgrammingError, match="is append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("TRUNCATE booking_consultationrequest CASCADE")


def test_nor_can_the_models(history):
    event = history.events.get()
    for change in (event.save, event.delete, Event.objects.filter(pk=event.pk).delete):
        with pytest.raises((ProgrammingError, IntegrityError)), transaction.atomic():
            change()


def test_it_can_be_added_to(history):
    actions.start_review(history, by=everybody())
    assert history.events.count() == 2


def test_an_event_always_has_an_actor(history):
    with pytest.raises(IntegrityError, match="event_has_an_actor"), transaction.atomic():
        Event.objects.create(request=history, verb=Verb.ASSIGN, to_status=history.status)
