"""A database server that neither answers nor hangs up is given up on."""

from __future__ import annotations

import psycopg
import pytest
from django.db import connection
from django.test import override_settings

from clinic_site import patience


@pytest.mark.django_db
def test_a_wait_without_an_answer_ends_by_our_own_clock(monkeypatch):
    connection.ensure_connection()
    info, password = connection.connection.info, connection.settings_dict["PASSWORD"]
    silent = psycopg.connect(info.dsn, password=password, options="-c statement_timeout=0")
    in_the_server = silent.info.backend_pid
    silent.__class__ = patience.BoundedConnection
    # For this wait alone: others may take their time.
    with override_settings(DATABASE_STATEMENT_TIMEOUT_MS=100), monkeypatch.context() as patched:
        patched.setattr(patience, "GRACE_SECONDS", 0.1)
        with pytest.raises(psycopg.OperationalError, match="does not answer"):
            silent.execute("SELECT pg_sleep(600)")
    assert silent.closed
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [in_the_server])
