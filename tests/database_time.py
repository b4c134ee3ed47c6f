"""The database's clock, set for what reads it with a link."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock

from django.db.models import DateTimeField, Value


@contextmanager
def database_time(at: dt.datetime) -> Iterator[None]:
    """Let links be read at this moment of the database's clock; this machine's own goes on."""
    with mock.patch("booking.models.link.Now", lambda: Value(at, DateTimeField())):
        yield
