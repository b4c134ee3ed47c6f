"""The product, running, for as long as the audit needs it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

START_SECONDS = 180
STOP_SECONDS = 60


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Give the address in AUDIT_SITE, or of a `make run` on a data folder of its own. Raises RuntimeError."""
    if os.environ.get("AUDIT_SITE"):
        yield os.environ["AUDIT_SITE"].rstrip("/")
        return
    port = free_port()
    print("Starting the product for the audit ...", flush=True)
    environment = {**os.environ, "PORT": str(port), "DATA_DIR": str(folder / "data")}
    log = (folder / "run.log").open("w")
    process = subprocess.Popen(
        [sys.executable, "-m", "clinic_site.local.run"], env=environment, stdout=log, stderr=log
    )
    try:
        _wait(f"http://localhost:{port}/health/ready", process, Path(log.name))
        yield f"http://localhost:{port}"
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(STOP_SECONDS)
        log.close()


def _wait(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except OSError:
            time.sleep(0.3)
    raise RuntimeError(f"The product did not start: {log}")


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
