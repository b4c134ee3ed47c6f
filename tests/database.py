"""Gives the suite its own PostgreSQL: loaded before Django's settings are (pytest -p tests.database).

The server starts when the first test asks for a database, so that tests without one run in seconds. With
TEST_DATABASE_URL set, that server is used instead. Under xdist the first process settles the address and
whichever process comes first fills one template; each worker works on a copy of it.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import pytest

from clinic_site import catalogue
from clinic_site.local.postgres import DATABASE, FAST_AND_FORGETFUL, OWNER, Cluster
from clinic_site.local.throwaway import environment

# The folder of the server: inherited by the workers, absent when another server is used.
FOLDER = "TEST_DATABASE_FOLDER"
SETTINGS = {
    **FAST_AND_FORGETFUL,
    "max_connections": "300",
    # Nothing is copied or recovered, so nothing is logged for it.
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "checkpoint_timeout": "1h",
    "max_wal_size": "4GB",
}


def start() -> None:
    """Start the server and fill the template, unless another process did, or is just about to."""
    if FOLDER not in os.environ:
        return
    cluster = _cluster()
    filled = cluster.data.with_name("filled")
    with cluster.data.with_name("lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not filled.exists():
            cluster.create()
            cluster.start(SETTINGS)
            cluster.execute(f"DROP DATABASE IF EXISTS {DATABASE}; CREATE DATABASE {DATABASE}")
            fill = [sys.executable, "-m", "tests.template"]
            subprocess.run(fill, check=True, env={**os.environ, "DATABASE_STATEMENT_TIMEOUT_MS": "0"})
            filled.touch()


def _settle_address() -> None:
    if "PYTEST_XDIST_WORKER" in os.environ:
        return
    catalogue.compile_all()
    url = os.environ.get("TEST_DATABASE_URL")
    if not url:
        os.environ[FOLDER] = tempfile.mkdtemp(prefix="clinic-test-")
        os.environ["TEST_DATABASE_TEMPLATE"] = DATABASE
        url = _cluster().url(OWNER, _cluster().owner_password)
    # The demonstration's gates are opened or shut by each test that is about them.
    os.environ.update(environment(url, site_url="http://localhost"), DEMO="1")


def _cluster() -> Cluster:
    return Cluster(Path(os.environ[FOLDER]) / "postgres", "test only")


def pytest_sessionstart(session: pytest.Session) -> None:
    """Start at once for the whole suite, which needs a database for certain: workers collect meanwhile."""
    config = session.config
    whole = config.args_source == pytest.Config.ArgsSource.TESTPATHS and not config.option.markexpr
    if whole and getattr(config.option, "numprocesses", None):
        threading.Thread(target=start).start()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the server and delete its files, once all workers are gone."""
    if "PYTEST_XDIST_WORKER" in os.environ or FOLDER not in os.environ:
        return
    folder = Path(os.environ.pop(FOLDER))
    # Whoever still starts it ends first.
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        cluster = Cluster(folder / "postgres", "test only")
        if cluster.data.exists():
            cluster.remove()
    shutil.rmtree(folder)


_settle_address()
