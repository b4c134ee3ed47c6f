"""How long a process waits for a database server that neither answers nor hangs up.

PostgreSQL's own limits end what takes too long, as long as the server runs. One that is paused (a frozen
machine, a volume that hangs) keeps its connections open, and only a clock of our own runs out.
"""

from __future__ import annotations

from typing import Any, Final, TypeVar

import psycopg
from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from psycopg.abc import PQGen

# The server is given this much more than its own limit before we give up on it.
GRACE_SECONDS: Final = 1.0
RV = TypeVar("RV")


class BoundedConnection(psycopg.Connection[Any]):
    """A connection that is closed once the server has been silent for too long."""

    def wait(self, gen: PQGen[RV], interval: float = 0.1, timeout: float | None = None) -> RV:
        """Wait for an answer. Raises psycopg.OperationalError when none comes in time."""
        longest = settings.DATABASE_STATEMENT_TIMEOUT_MS / 1000 + GRACE_SECONDS
        try:
            return super().wait(gen, interval, longest if timeout is None else timeout)
        except psycopg.OperationalError as error:
            # What the server says has a code, and whoever hangs up closes the connection.
            if timeout is not None or error.sqlstate or self.closed:
                raise
            self.pgconn.finish()
            raise psycopg.OperationalError("the database server does not answer") from None


def bound(connection: BaseDatabaseWrapper, **_signal: Any) -> None:
    """Bound every wait of a new connection, unless statements have no limit at all (the release)."""
    if connection.vendor == "postgresql" and settings.DATABASE_STATEMENT_TIMEOUT_MS:
        # Django offers no place to name the class of its connections.
        connection.connection.__class__ = BoundedConnection


def start() -> None:
    """Bound the connections that are opened from now on."""
    connection_created.connect(bound, dispatch_uid="clinic_site.patience")
