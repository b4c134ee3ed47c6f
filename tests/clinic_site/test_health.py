"""The two health addresses."""

from __future__ import annotations

import pytest
from django.db import OperationalError, connection
from django.test import Client

from clinic_site import health


def test_live_asks_no_database(client: Client) -> None:
    # Without the db mark pytest-django refuses every query.
    assert client.get("/health/live").json() == {"status": "live"}


@pytest.mark.django_db
def test_ready(client: Client) -> None:
    assert client.get("/health/ready").status_code == 200


@pytest.mark.django_db
def test_not_ready_while_the_database_is_down(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object) -> None:
        raise OperationalError("connection refused: password=secret")

    monkeypatch.setattr(connection, "cursor", refuse)
    answer = client.get("/health/ready")
    assert answer.status_code == 503
    assert answer.json() == {"status": "not ready", "reason": "database does not answer"}


@pytest.mark.django_db
def test_not_ready_before_migrations(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "_applied", set())
    connection.cursor().execute("DELETE FROM django_migrations WHERE app = 'booking'")
    answer = client.get("/health/ready")
    assert answer.status_code == 503
    assert answer.json()["reason"] == "migrations are not applied"
