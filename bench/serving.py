"""How fast a content page is served, beside what one would use instead; same machine, same run, in turns."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bench.load import Load, load
from deploy.audit.site import free_port

PAGE = "/conditions/migraine/"
ROUNDS, SECONDS, CONNECTIONS = 3, 4.0, 8
BROWSER = "Accept-Encoding: gzip, br\r\n"


@dataclass
class Target:
    """Something to measure: its name, the settings it runs with, what is asked of it."""

    name: str
    settings: str
    rival: str = ""
    path: str = PAGE
    headers: str = ""
    loads: list[Load] = field(default_factory=list)
    memory: int = 0

    @property
    def rate(self) -> float:
        """Median answers a second."""
        return statistics.median(one.rate for one in self.loads)


def targets() -> list[Target]:
    """Return the product and its rivals; the second one is what ratios refer to."""
    rival = "bench.rival_settings"
    return [
        Target("this site", "clinic_site.settings"),
        Target("plain Django: rendered for each request", rival, "fresh"),
        Target("Django's cache middleware, in memory", rival, "locmem"),
        Target("Django saying hello, same middleware", rival, "hello", "/hello/"),
        Target("this site, compressed for a browser", "clinic_site.settings", headers=BROWSER),
    ]


def measure(environment: dict[str, str], folder: Path) -> None:
    """Print rates, times and memory. `environment` is that of a running product with content."""
    found = targets()
    with ExitStack() as running:
        servers = [running.enter_context(_serving(one, environment, folder)) for one in found]
        for _round in range(ROUNDS):
            for target, (url, _process) in zip(found, servers, strict=True):
                target.loads.append(
                    load(url + target.path, connections=CONNECTIONS, seconds=SECONDS, headers=target.headers)
                )
        for target, (_url, process) in zip(found, servers, strict=True):
            target.memory = _memory(process.pid)
    _print(found)


def _print(found: list[Target]) -> None:
    print(f"\n{PAGE}, {CONNECTIONS} connections, 1 process of 4 threads, median of {ROUNDS} rounds")
    print(f"  {'':42}{'a second':>10}{'ratio':>8}{'p50 ms':>9}{'p99 ms':>9}{'MB':>6}")
    for one in found:
        p50, p99 = (statistics.median(load.percentile(part) for load in one.loads) for part in (0.5, 0.99))
        ratio = one.rate / found[1].rate
        print(f"  {one.name:42}{one.rate:10.0f}{ratio:8.1f}{p50:9.1f}{p99:9.1f}{one.memory:6}")
        if wrong := sum(load.wrong for load in one.loads):
            print(f"    {wrong} answers were not 200")


@contextmanager
def _serving(
    target: Target, environment: dict[str, str], folder: Path
) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    port = free_port()
    url = f"http://localhost:{port}"
    variables = {
        **environment,
        "DJANGO_SETTINGS_MODULE": target.settings,
        "RIVAL": target.rival,
        "WEB_WORKERS": "1",
    }
    command = [sys.executable, "-m", "gunicorn", "clinic_site.wsgi", "--config", "deploy/gunicorn.conf.py"]
    command += ["--bind", f"127.0.0.1:{port}", "--threads", "4", "--access-logfile", os.devnull]
    command += ["--worker-tmp-dir", str(folder)]
    with (folder / "bench.log").open("ab") as log:
        process = subprocess.Popen(command, env={**variables, "SITE_URL": url}, stdout=log, stderr=log)
        try:
            _wait(url + target.path)
            yield url, process
        finally:
            process.terminate()
            process.wait(15)


def _wait(url: str) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"{url} does not answer.")


def _memory(parent: int) -> int:
    """Return the resident memory of the worker below a gunicorn, in MB."""
    done = subprocess.run(["ps", "-ax", "-o", "ppid=,rss="], capture_output=True, text=True)
    rows = (map(int, line.split()) for line in done.stdout.splitlines())
    return sum(kilobytes for above, kilobytes in rows if above == parent) // 1024
