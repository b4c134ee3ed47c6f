"""The site as it is deployed: gunicorn with deploy/gunicorn.conf.py, static files collected and compressed.

Django's live server compresses nothing and hands static files out as they lie; what is weighed must not.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from django.db import connection

ROOT = Path(__file__).parent.parent
# Far above what it takes: one that cannot start ends by itself, and that is seen at once.
START_SECONDS = 300


@dataclass(frozen=True)
class Served:
    """A running site: its address, the file that its output goes to, and gunicorn's own process."""

    url: str
    log: Path
    pid: int


@contextmanager
def served(folder: Path, *, collected: bool = True, **variables: str) -> Iterator[Served]:
    """Serve this process's (test) database from `folder`. Raises RuntimeError when it does not start.

    Without `collected` the settings named in `variables` must do without collected static files.
    """
    listening = socket.create_server(("127.0.0.1", 0))
    url, log = f"http://localhost:{listening.getsockname()[1]}", folder / "web.log"
    environment = {
        **os.environ,
        "DATABASE_URL": _database_url(),
        "SITE_URL": url,
        "STATIC_ROOT": str(folder / "static"),
        "WEB_WORKERS": "1",
        **variables,
    }
    if collected:
        collect = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity", "0"]
        subprocess.run([*collect, "--skip-checks"], check=True, cwd=ROOT, env=environment)
    command = [sys.executable, "-m", "gunicorn", "clinic_site.wsgi", "--config", "deploy/gunicorn.conf.py"]
    # Handed on open: a port that was only chosen could be somebody else's by now.
    handle = listening.fileno()
    command += ["--bind", f"fd://{handle}", "--graceful-timeout", "2", "--worker-tmp-dir", str(folder)]
    with log.open("wb") as output, listening:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=output, stderr=output, pass_fds=[handle]
        )
    with ExitStack() as stopped:
        stopped.callback(process.wait, START_SECONDS)
        stopped.callback(process.terminate)
        _wait(url, process, log)
        yield Served(url, log, process.pid)


def _wait(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{url}/health/live", timeout=20):  # noqa: S310 (our own address)
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"The site did not start: {log.read_text()[-2000:]}")


def _database_url() -> str:
    one = connection.settings_dict
    user, password = quote(one["USER"], safe=""), quote(one["PASSWORD"], safe="")
    # The embedded server listens on a socket in a folder, which the address names as an option.
    if socket_folder := one["OPTIONS"].get("host"):
        return f"postgres://{user}:{password}@/{one['NAME']}?host={quote(socket_folder, safe='')}"
    return f"postgres://{user}:{password}@{one['HOST']}:{one['PORT'] or 5432}/{one['NAME']}"
