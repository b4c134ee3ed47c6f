"""Gives the suite its own PostgreSQL: loaded before Django's settings are (pytest -p tests.database).

With TEST_DATABASE_URL set, that server is used instead. Under xdist the first process starts one server and
migrates one database; each worker, which inherits the environment, works on a copy of it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from clinic_site import catalogue
from clinic_site.local.postgres import DATABASE, FAST_AND_FORGETFUL, OWNER, Cluster
from clinic_site.local.throwaway import environment

_running: list[Cluster] = []


def _prepare() -> None:
    if "PYTEST_XDIST_WORKER" in os.environ:
        return
    catalogue.compile_all()
    url = os.environ.get("TEST_DATABASE_URL") or _embedded()
    # The demonstration's gates are opened or shut by each test that is about them.
    os.environ.update(environment(url, site_url="http://localhost"), DEMO="1")
    if _running:
        _migrate()


def _embedded() -> str:
    cluster = Cluster(Path(tempfile.mkdtemp(prefix="clinic-test-")) / "postgres", "test only")
    cluster.create()
    cluster.start({**FAST_AND_FORGETFUL, "max_connections": "300"})
    cluster.execute(f"CREATE DATABASE {DATABASE}")
    _running.append(cluster)
    return cluster.url(OWNER, cluster.owner_password)


def _migrate() -> None:
    migrate = [sys.executable, "manage.py", "migrate", "--verbosity", "0", "--skip-checks"]
    subprocess.run(migrate, check=True, env={**os.environ, "DATABASE_STATEMENT_TIMEOUT_MS": "0"})
    os.environ["TEST_DATABASE_TEMPLATE"] = DATABASE


def pytest_unconfigure(config: pytest.Config | None) -> None:
    """Stop the server and delete its files."""
    while _running:
        cluster = _running.pop()
        cluster.remove()
        cluster.data.parent.rmdir()


try:
    _prepare()
except BaseException:
    pytest_unconfigure(None)
    raise
