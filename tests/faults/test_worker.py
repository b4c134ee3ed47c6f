"""The database goes away under running workers: they come back, and what is due goes out once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

import pytest

from tests.faults.my_request import make_requests
from tests.faults.site import Site
from tests.served import ROOT

# A lost worker waits at most half a minute for a connection, then two seconds, and starts over.
SECONDS: Final = 60.0
# Longer than a job may wait for an answer.
PAUSE_SECONDS: Final = 8.0
WAITING: Final = "SELECT count(*) FROM booking_message WHERE state IN ('queued', 'retry', 'in-flight')"
CUT: Final = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = 'clinic' AND pid <> pg_backend_pid()"
)
REGISTERED: Final = (
    "SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - interval '30 seconds'"
)


def eventually(site: Site, sql: str, number: int) -> None:
    deadline = time.monotonic() + SECONDS
    while site.ask(sql)[0] != number:
        assert time.monotonic() < deadline, f"{sql} did not come to {number}: {site.ask(sql)}"
        time.sleep(0.2)


@contextmanager
def worker(site: Site, folder: Path, number: int) -> Iterator[subprocess.Popen[bytes]]:
    """Run the worker as it is deployed, on the site's database; end it whatever happens."""
    variables = {
        "DATABASE_URL": site.cluster.url("clinic_owner", site.cluster.owner_password),
        "MAIL_DIR": str(folder / "mail"),
    }
    with (folder / f"worker-{number}.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "worker", "--shutdown-graceful-timeout", "1"],
            cwd=ROOT, env=os.environ | variables, stdout=log, stderr=log,
        )  # fmt: skip
        try:
            yield process
        finally:
            if process.poll() is None:
                process.kill()
            process.wait(10)


def stop_and_start(site: Site) -> None:
    site.stop_database()
    time.sleep(2)
    site.start_database()


def cut(site: Site) -> None:
    site.ask(CUT)


def pause(site: Site) -> None:
    with site.paused_database():
        time.sleep(PAUSE_SECONDS)


@pytest.mark.parametrize(
    ("fault", "workers"), [(stop_and_start, 1), (stop_and_start, 2), (cut, 2), (pause, 2)]
)
def test_workers_outlive_it_and_what_is_due_goes_out_once(
    site: Site, tmp_path: Path, fault: Callable[[Site], None], workers: int
) -> None:
    with ExitStack() as running:
        started = [running.enter_context(worker(site, tmp_path, number)) for number in range(workers)]
        eventually(site, REGISTERED, workers)
        eventually(site, WAITING, 0)
        before = site.ask("SELECT count(*) FROM booking_message")[0]
        mails = len(list((tmp_path / "mail").glob("*")))
        fault(site)
        make_requests(site, ["new"])
        eventually(site, WAITING, 0)
        sent = site.ask("SELECT count(*) FROM booking_message")[0] - before
        assert len(list((tmp_path / "mail").glob("*"))) - mails == sent > 0
        assert [process.poll() for process in started] == [None] * workers
        for process in started:
            process.send_signal(signal.SIGTERM)
        assert [process.wait(20) for process in started] == [0] * workers
