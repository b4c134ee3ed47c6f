"""The database refuses documents and lists beyond any form's bounds."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction

from tests.factories import make_request

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("sealed_person = repeat('x', 65537)::bytea", "request_documents_bounded"),
        ("sealed_answers = repeat('x', 65537)::bytea", "request_documents_bounded"),
        ("flags = array_fill('a'::varchar, ARRAY[21])", "request_lists_bounded"),
        ("search = array_fill(1::bigint, ARRAY[121])", "request_lists_bounded"),
    ],
)
def test_too_much_is_refused(change: str, constraint: str) -> None:
    request = make_request()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        connection.cursor().execute(
            f"UPDATE booking_consultationrequest SET {change} WHERE id = %s",  # noqa: S608
            [request.pk],
        )
