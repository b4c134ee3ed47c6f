"""`make bench-queue`: the staff's pages with ten thousand and a million requests, beside the stock admin.

Both sizes answer in turns, each from a process of its own, so that a machine that slows down slows both.
`python -m bench.queue dashboard search` asks only for pages with such a word in their name.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from collections.abc import Set
from dataclasses import asdict, dataclass, field
from pathlib import Path

from bench.queue_pages import STOCK_PAGES, Ask, chosen
from clinic_site.local import keys
from clinic_site.local.postgres import OWNER, Cluster
from clinic_site.local.throwaway import environment

FOLDER = Path("var") / "bench-queue"
WARM_UP, SAMPLES, STOCK_SAMPLES = 3, 15, 3


@dataclass
class Side:
    """One process and what it measured."""

    process: subprocess.Popen[str]
    ms: dict[str, list[float]] = field(default_factory=dict)
    sql: dict[str, list[float]] = field(default_factory=dict)
    queries: dict[str, int] = field(default_factory=dict)
    mb: int = 0

    def ask(self, name: str, page: Ask, *, keep: bool = True) -> None:
        """Ask for a page; `keep` what it took."""
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write(json.dumps(asdict(page)) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            raise RuntimeError(f"{page.address} ended the process; its words stand above.")
        found = json.loads(answer)
        if found["status"] != 200:
            raise RuntimeError(f"{page.address} answered {found['status']}.")
        self.queries[name], self.mb = found["queries"], found["mb"]
        if keep:
            self.ms.setdefault(name, []).append(found["ms"])
            self.sql.setdefault(name, []).append(found["sql"])

    def median(self, name: str) -> float:
        """Return the median of a page, in milliseconds."""
        return statistics.median(self.ms[name])

    def best(self, name: str) -> float:
        """Return the least that a page took, which a busy machine hardly changes."""
        return min(self.ms[name])

    def median_sql(self, name: str) -> float:
        """Return the median of what the database took of it."""
        return statistics.median(self.sql[name])


def main() -> int:
    """Fill what is not filled, measure, print. Return the exit code."""
    pages = chosen(sys.argv[1:])
    FOLDER.mkdir(parents=True, exist_ok=True)
    secrets = keys.load_or_make(FOLDER / "keys.json")
    cluster = Cluster(FOLDER / "postgres", secrets["owner_password"])
    cluster.create()
    was_running = _answers(cluster)
    if not was_running:
        cluster.start()
    try:
        for title, small, big in (("400 open in both", (10_000, 400), (1_000_000, 400)),
                                  ("2 % open in both", (10_000, 200), (1_000_000, 20_000))):  # fmt: skip
            _compare(title, pages, [_environment(cluster, secrets, *size) for size in (small, big)])
    finally:
        if not was_running:
            cluster.stop()
    return 0


def _answers(cluster: Cluster) -> bool:
    try:
        return bool(cluster.execute("SELECT 1"))
    except Exception:
        return False


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


def _compare(title: str, pages: dict[str, Ask], environments: list[dict[str, str]]) -> None:
    small, big = sides = [_start(one) for one in environments]
    for name, page in pages.items():
        for count in range(WARM_UP + SAMPLES):
            # The one that goes first changes: what it leaves in the machine's caches helps neither.
            for side in sides[:: 1 if count % 2 else -1]:
                side.ask(name, page, keep=count >= WARM_UP)
    memory = [side.mb for side in sides]
    for side in sides:
        side.process.communicate()
    stock = _stock(pages.keys() & STOCK_PAGES.keys(), environments[1])
    print(f"\n{title}; median of {SAMPLES}, milliseconds with rendering, and what of it the database took")
    head = f"{'10 k':>8}{'1 M':>8}{'ratio':>7}{'of best':>9}{'SQL 10 k':>10}{'1 M':>7}{'queries':>9}"
    print(f"  {'':28}{head}{'stock 1 M':>11}{'times':>7}")
    for name in pages:
        a, b = small.median(name), big.median(name)
        line = f"  {name:28}{a:8.1f}{b:8.1f}{b / a:7.2f}{big.best(name) / small.best(name):9.2f}"
        line += f"{small.median_sql(name):10.1f}{big.median_sql(name):7.1f}{big.queries[name]:9}"
        if name in stock.ms:
            line += f"{stock.median(name):11.0f}{stock.median(name) / b:7.0f}"
        print(line, flush=True)
    print(f"  memory of the process: {memory[0]} MB and {memory[1]} MB")


def _stock(names: Set[str], variables: dict[str, str]) -> Side:
    """Measure Django's own list of the million, a few times only: it takes seconds."""
    stock = _start(variables | {"DJANGO_SETTINGS_MODULE": "bench.stock_settings"})
    for name in names:
        for count in range(1 + STOCK_SAMPLES):
            stock.ask(name, STOCK_PAGES[name], keep=count > 0)
    stock.process.communicate()
    return stock


def _start(variables: dict[str, str]) -> Side:
    command = [sys.executable, "-W", "ignore", "-m", "bench.queue_worker"]
    return Side(
        subprocess.Popen(command, env=variables, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    )


if __name__ == "__main__":
    sys.exit(main())
