"""The database's clock, set for what is read by it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Final
from unittest import mock

import time_machine
from django.db.models import DateTimeField, Value

ASKED_BY: Final = ("booking.models.link", "booking.models.visit", "booking.actions.remind")


@contextmanager
def database_time(at: dt.datetime) -> Iterator[None]:
    """Let it be this moment for links, visits and what is due; this machine's own clock goes on."""
    with ExitStack() as patches:
        for module in ASKED_BY:
            patches.enter_context(mock.patch(f"{module}.Now", lambda: Value(at, DateTimeField())))
        yield


@contextmanager
def every_clock_at(at: dt.datetime) -> Iterator[None]:
    """Let it be this moment, for this machine and for the database alike."""
    with time_machine.travel(at, tick=False), database_time(at):
        yield
