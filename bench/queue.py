"""`make bench-queue`: the staff's pages with ten thousand and a million requests, beside the stock admin.

Both sizes answer in turns, each from a process of its own, so that a machine that slows down slows both.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from clinic_site.local import keys
from clinic_site.local.postgres import OWNER, Cluster
from clinic_site.local.throwaway import environment

FOLDER = Path("var") / "bench-queue"
WARM_UP, SAMPLES, STOCK_SAMPLES = 3, 15, 3
QUEUE = "/admin/booking/consultationrequest/"
PAGES: Final = {
    "queue": QUEUE,
    "queue, page 2": f"{QUEUE}?page=2",
    "my requests": f"{QUEUE}?who=me",
    "unassigned": f"{QUEUE}?who=nobody",
    "one colleague": f"{QUEUE}?who=STAFF",
    "overdue": f"{QUEUE}?show=overdue",
    "due today": f"{QUEUE}?show=today",
    "visits today": f"{QUEUE}?show=visits",
    "offers running out": f"{QUEUE}?show=lapsing",
    "calls to make": f"{QUEUE}?show=calls",
    "condition": f"{QUEUE}?topic=tmj",
    "priority": f"{QUEUE}?priority=soon",
    "status new": f"{QUEUE}?status=new",
    "language": f"{QUEUE}?language=es",
    "flag": f"{QUEUE}?flag=interpreter",
    "older than two days": f"{QUEUE}?age=2",
    "three filters": f"{QUEUE}?topic=migraine&language=es&priority=soon",
    "finished": f"{QUEUE}?status=finished",
    "finished, page 100": f"{QUEUE}?status=finished&page=100",
    "closed": f"{QUEUE}?status=closed",
    "finished, jaw, Spanish": f"{QUEUE}?status=finished&topic=tmj&language=es",
    "search, rare name": f"{QUEUE}?find=RARE",
    "search, two names": f"{QUEUE}?find=TWO",
    "search, common name": f"{QUEUE}?find=COMMON",
    "request": f"{QUEUE}REQUEST/change/",
    "history": f"{QUEUE}REQUEST/history/",
}
STOCK = "/stock/booking/consultationrequest/"
STOCK_PAGES: Final = {
    "queue": STOCK,
    "condition": f"{STOCK}?topic__exact=tmj",
    "status new": f"{STOCK}?status__exact=new",
    "finished, page 100": f"{STOCK}?p=100",
    "search, rare name": f"{STOCK}?q=zzyzx",
}


@dataclass
class Side:
    """One process and what it measured."""

    process: subprocess.Popen[str]
    ms: dict[str, list[float]] = field(default_factory=dict)
    queries: dict[str, int] = field(default_factory=dict)
    mb: int = 0

    def ask(self, name: str, address: str, *, keep: bool = True) -> None:
        """Ask for a page; `keep` what it took."""
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write(address + "\n")
        self.process.stdin.flush()
        found = json.loads(self.process.stdout.readline())
        if found["status"] != 200:
            raise RuntimeError(f"{address} answered {found['status']}.")
        self.queries[name], self.mb = found["queries"], found["mb"]
        if keep:
            self.ms.setdefault(name, []).append(found["ms"])

    def median(self, name: str) -> float:
        """Return the median of a page, in milliseconds."""
        return statistics.median(self.ms[name])


def main() -> int:
    """Fill what is not filled, measure, print. Return the exit code."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    secrets = keys.load_or_make(FOLDER / "keys.json")
    cluster = Cluster(FOLDER / "postgres", secrets["owner_password"])
    cluster.create()
    cluster.start()
    try:
        for title, small, big in (("400 open in both", (10_000, 400), (1_000_000, 400)),
                                  ("2 % open in both", (10_000, 200), (1_000_000, 20_000))):  # fmt: skip
            _compare(title, [_environment(cluster, secrets, *size) for size in (small, big)])
    finally:
        cluster.stop()
    return 0


def _environment(cluster: Cluster, secrets: dict[str, str], rows: int, open_rows: int) -> dict[str, str]:
    name = f"requests_{rows}_{open_rows}"
    url = cluster.url(OWNER, secrets["owner_password"], name)
    kept = {one: secrets[one] for one in ("SECRET_KEY", "SEAL_KEYS", "SEARCH_KEY")}
    variables = {**os.environ, **environment(url, site_url="http://localhost"), **kept, "DEMO": "1"}
    variables |= {"DJANGO_SETTINGS_MODULE": "bench.queue_settings", "DATABASE_STATEMENT_TIMEOUT_MS": "0"}
    command = [sys.executable, "-m", "bench.queue_fill", str(rows), str(open_rows)]
    if name in cluster.execute("SELECT datname FROM pg_database").split():
        subprocess.run(command, env=variables, check=True)
        return variables
    print(f"Filling {rows:,} requests, {open_rows:,} of them open ...", flush=True)
    # Under another name until it is whole: a half-filled one would be measured the next time.
    cluster.execute(f"DROP DATABASE IF EXISTS {name}_new")
    cluster.execute(f"CREATE DATABASE {name}_new")
    fresh = {**variables, "DATABASE_URL": cluster.url(OWNER, secrets["owner_password"], f"{name}_new")}
    subprocess.run(command, env=fresh, check=True)
    cluster.execute(f"ALTER DATABASE {name}_new RENAME TO {name}")
    return variables


def _compare(title: str, environments: list[dict[str, str]]) -> None:
    small, big = sides = [_start(one) for one in environments]
    for name, address in PAGES.items():
        for count in range(WARM_UP + SAMPLES):
            for side in sides:
                side.ask(name, address, keep=count >= WARM_UP)
    memory = [side.mb for side in sides]
    for side in sides:
        side.process.communicate()
    stock = _stock(environments[1])
    print(f"\n{title}; median of {SAMPLES}, milliseconds with rendering")
    print(f"  {'':26}{'10 k':>8}{'1 M':>8}{'ratio':>7}{'queries':>9}{'stock 1 M':>11}{'times':>7}")
    for name in PAGES:
        a, b = small.median(name), big.median(name)
        line = f"  {name:26}{a:8.1f}{b:8.1f}{b / a:7.2f}{big.queries[name]:9}"
        if name in STOCK_PAGES:
            line += f"{stock.median(name):11.0f}{stock.median(name) / b:7.0f}"
        print(line, flush=True)
    print(f"  memory of the process: {memory[0]} MB and {memory[1]} MB")


def _stock(variables: dict[str, str]) -> Side:
    """Measure Django's own list of the million, a few times only: it takes seconds."""
    stock = _start(variables | {"DJANGO_SETTINGS_MODULE": "bench.stock_settings"})
    for name, address in STOCK_PAGES.items():
        for count in range(1 + STOCK_SAMPLES):
            stock.ask(name, address, keep=count > 0)
    stock.process.communicate()
    return stock


def _start(variables: dict[str, str]) -> Side:
    command = [sys.executable, "-W", "ignore", "-m", "bench.queue_worker"]
    return Side(
        subprocess.Popen(command, env=variables, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    )


if __name__ == "__main__":
    sys.exit(main())
