"""Gives the suite its own PostgreSQL: loaded before Django's settings are (pytest -p tests.database).

With DATABASE_URL set, that server is used instead. Under xdist the first process starts one server and
its workers, which inherit the environment, make a database each.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

from clinic_site.local.postgres import FAST_AND_FORGETFUL, OWNER, Cluster
from clinic_site.local.throwaway import environment

_running: list[Cluster] = []


def _prepare() -> None:
    if "PYTEST_XDIST_WORKER" in os.environ:
        return
    url = os.environ.get("DATABASE_URL") or _embedded()
    os.environ.update(environment(url, site_url="http://localhost"))
    # The demonstration's gates are opened or shut by each test that is about them.
    os.environ["DEMO"] = "1"


def _embedded() -> str:
    cluster = Cluster(Path(tempfile.mkdtemp(prefix="clinic-test-")) / "postgres", "test only")
    cluster.create()
    cluster.start({**FAST_AND_FORGETFUL, "max_connections": "300"})
    cluster.execute("CREATE DATABASE clinic")
    _running.append(cluster)
    return cluster.url(OWNER, cluster.owner_password)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the server and delete its files."""
    while _running:
        cluster = _running.pop()
        cluster.remove()
        cluster.data.parent.rmdir()


_prepare()
