"""manage.py worker: run the jobs until told to stop, whatever becomes of the database meanwhile.

procrastinate's own worker ends when a connection is lost, with exit code 0 if the database is back by then:
after a failover nothing would start it again, and nothing would say so.
"""

from __future__ import annotations

import asyncio
import logging
import signal
from contextlib import suppress
from typing import Any, Final, cast

import psycopg
from django.core.management.base import BaseCommand, CommandError, CommandParser
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.exceptions import ConnectorException

from booking.delivery.worker_health import WorkerHealth, read_worker_health
from booking.models.key_check import KeysNotProved, require_proof

# How long a worker that lost the database waits before it connects again.
PAUSE_SECONDS: Final = 2.0

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Runs the jobs until SIGTERM or SIGINT; connects again whenever the database goes away."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--shutdown-graceful-timeout",
            type=float,
            default=15.0,
            metavar="SECONDS",
            help="How long a job may go on once the worker was told to stop.",
        )
        parser.add_argument(
            "--health",
            action="store_true",
            help="Run nothing: exit 1 when no worker shows a sign of life, or when due work waits.",
        )

    def handle(self, *args: Any, health: bool, shutdown_graceful_timeout: float, **options: Any) -> None:
        if health:
            self._tell(read_worker_health())
            return
        try:
            require_proof()
        except KeysNotProved as error:
            # Whoever started it starts it again.
            raise CommandError(f"The worker takes no job: {error}.") from None
        asyncio.run(work_until_told(shutdown_graceful_timeout))

    def _tell(self, health: WorkerHealth) -> None:
        if health.problems:
            raise CommandError("\n".join(health.problems))
        self.stdout.write("The worker shows signs of life, and nothing waits.")


async def work_until_told(grace_seconds: float) -> None:
    """Run jobs until SIGTERM or SIGINT comes; start over whenever the worker ends by itself."""
    told = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, told.set)
    while not told.is_set():
        await _work(told, grace_seconds)
        if told.is_set():
            return
        logger.error("the worker ended without being told to: it connects to the database again")
        with suppress(TimeoutError):
            await asyncio.wait_for(told.wait(), PAUSE_SECONDS)


async def _work(told: asyncio.Event, grace_seconds: float) -> None:
    """Return when told to stop or when the database went away; other errors pass and end the process."""
    working = asyncio.create_task(_run_worker(grace_seconds))
    waiting = asyncio.create_task(told.wait())
    await asyncio.wait({working, waiting}, return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
    # Does nothing to a worker that has ended.
    working.cancel()
    with suppress(asyncio.CancelledError, ConnectorException, psycopg.OperationalError):
        await working


async def _run_worker(grace_seconds: float) -> None:
    # A connector, and with it a pool, of its own for each run: the last one's connections may be dead.
    connector = cast("DjangoConnector", app.connector).get_worker_connector()
    with app.replace_connector(connector) as connected:
        async with connected.open_async():
            await connected.run_worker_async(
                install_signal_handlers=False, shutdown_graceful_timeout=grace_seconds
            )
