"""A site that may be broken: gunicorn on a PostgreSQL server of its own that really writes to disk.

Everything is done from outside, with signals and with what PostgreSQL offers. The product has no hook for it.
"""

from __future__ import annotations

import os
import signal
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from typing import Any, Final

import psutil
import psycopg

from clinic_site.local.postgres import OWNER, Cluster

# Nobody answers to this name: a commit that asks for a copy there is kept here and waits, so that its sender
# does not hear of it. Only the trigger below makes a transaction ask.
SERVER: Final = {
    "synchronous_standby_names": "nobody",
    "synchronous_commit": "local",
    "max_connections": "25",
}
BEFORE_COMMIT, AFTER_COMMIT = "relation", "SyncRep"
# Far above what it takes: a busy machine is slow, and what never happens never happens.
SECONDS = 120
ASK_FOR_A_COPY: Final = """
    CREATE FUNCTION ask_for_a_copy() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN PERFORM set_config('synchronous_commit', 'on', true); RETURN NULL; END $$;
    CREATE TRIGGER ask_for_a_copy AFTER INSERT ON booking_event
    FOR EACH ROW EXECUTE FUNCTION ask_for_a_copy()
"""


def until(found: Callable[[], Any]) -> Any:
    """Return what `found` finds, as soon as it finds something. Raises TimeoutError."""
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        if result := found():
            return result
        time.sleep(0.01)
    raise TimeoutError


@contextmanager
def _frozen(parent: psutil.Process, *, itself: bool) -> Iterator[None]:
    """Freeze what a process started, and the process itself if told so.

    Any of them may end meanwhile, or just before: PostgreSQL starts and ends helpers of its own as it likes.
    """
    with ExitStack() as frozen:
        if itself:
            # First: it starts nothing any more then.
            _freeze(parent, frozen)
        for child in parent.children():
            _freeze(child, frozen)
        yield


def _freeze(process: psutil.Process, until_then: ExitStack) -> None:
    with suppress(psutil.NoSuchProcess):
        process.suspend()
    until_then.callback(_resume, process)


def _resume(process: psutil.Process) -> None:
    with suppress(psutil.NoSuchProcess):
        process.resume()


@dataclass(frozen=True)
class Site:
    """The running site, its database server and gunicorn's own process."""

    cluster: Cluster
    url: str
    pid: int

    def connect(self, database: str = "clinic") -> psycopg.Connection[Any]:
        """Return a connection of the owner."""
        address = self.cluster.url(OWNER, self.cluster.owner_password, database)
        return psycopg.connect(address, autocommit=True)

    def ask(self, sql: str, *values: Any) -> Any:
        """Return the first row of an answer, or None."""
        with self.connect() as connection:
            return connection.execute(sql, values).fetchone()  # type: ignore[arg-type]

    def requests(self) -> int:
        """Return how many requests there are. Each must have its event and its two messages."""
        requests, events, messages = self.ask(
            "SELECT (SELECT count(*) FROM booking_consultationrequest), "
            "(SELECT count(*) FROM booking_event WHERE verb = 'submit'), "
            "(SELECT count(*) FROM booking_message WHERE notice IN ('received', 'staff-new'))"
        )
        assert (events, messages) == (requests, 2 * requests)
        return int(requests)

    @contextmanager
    def held(self, where: str) -> Iterator[None]:
        """Hold whatever is sent: before its commit, or after it and before anybody hears of it."""
        with self.connect() as holder:
            if where == BEFORE_COMMIT:
                holder.execute("BEGIN; LOCK TABLE booking_message IN SHARE MODE")
            else:
                holder.execute(ASK_FOR_A_COPY)
            try:
                yield
            finally:
                self._let_go(where, holder)

    def _let_go(self, where: str, holder: psycopg.Connection[Any]) -> None:
        # The server may have been stopped meanwhile, and the holder with it.
        if where == BEFORE_COMMIT:
            holder.close()
            return
        with self.connect() as fresh:
            fresh.execute("SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'")
            fresh.execute("DROP FUNCTION ask_for_a_copy CASCADE")

    def waits(self, where: str) -> int:
        """Wait until a request is held there; return the process of the server that holds it."""
        waiting = "SELECT pid FROM pg_stat_activity WHERE wait_event = %s AND datname = 'clinic'"
        return int(until(lambda: self.ask(waiting, where))[0])

    def kill_web(self) -> None:
        """Kill the web process; gunicorn starts another."""
        for worker in psutil.Process(self.pid).children():
            with suppress(psutil.NoSuchProcess):
                worker.kill()

    @contextmanager
    def paused_web(self) -> Iterator[None]:
        """Freeze the web process; its connections stay open."""
        with _frozen(psutil.Process(self.pid), itself=False):
            yield

    @contextmanager
    def paused_database(self) -> Iterator[None]:
        """Freeze the server and everything it started; its connections stay open."""
        server = psutil.Process(int((self.cluster.data / "postmaster.pid").read_text().split()[0]))
        with _frozen(server, itself=True):
            yield

    def is_up(self) -> bool:
        """Return whether a web process answers."""
        try:
            with urllib.request.urlopen(f"{self.url}/health/live", timeout=SECONDS):  # noqa: S310 (our own address)
                return True
        except OSError:
            return False

    def stop_database(self) -> None:
        """Stop the server at once, as pg_ctl stop -m immediate does: nothing is tidied, recovery follows."""
        pid = int((self.cluster.data / "postmaster.pid").read_text().split()[0])
        os.kill(pid, signal.SIGQUIT)
        until(lambda: not psutil.pid_exists(pid))

    def start_database(self) -> None:
        """Start the server, which recovers first."""
        self.cluster.start(SERVER)
