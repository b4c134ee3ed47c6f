"""`make bench`: weights, Lighthouse scores and serving speed, on the product as `make run` starts it."""

from __future__ import annotations

import os
import platform
import sys
from pathlib import Path
from urllib.parse import urlsplit

from bench import serving, weights
from clinic_site.local.stack import Machine
from deploy.audit.site import serving as product

FOLDER = Path("var") / "bench"
# Lighthouse is fetched once for both.
TOOLS = Path("var") / "audit"


def main() -> int:
    """Print the tables. Return the exit code."""
    for folder in (FOLDER, TOOLS):
        folder.mkdir(parents=True, exist_ok=True)
    machine = f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}"
    print(f"Python {platform.python_version()}, {machine}")
    with product(FOLDER) as site:
        weights.measure(site)
        weights.scores(site, TOOLS)
        environment = Machine((FOLDER / "data").resolve(), urlsplit(site).port or 80).environment()
        serving.measure(environment, FOLDER.resolve())
    return 0


if __name__ == "__main__":
    sys.exit(main())
