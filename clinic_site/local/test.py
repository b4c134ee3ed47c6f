"""`make test`: a browser, then the whole suite, in parallel. `make test-fast`: what needs neither.

What needs a database, a browser or servers is told by tests/conftest.py from what a test asks for.
"""

from __future__ import annotations

import os
import sys

from clinic_site.local import browser

FAST = ["-m", "not database and not browser and not programs"]


def main() -> int:
    """Become pytest, having made sure of a browser unless the first argument is --fast."""
    arguments = sys.argv[1:]
    if arguments[:1] == ["--fast"]:
        arguments = [*FAST, *arguments[1:]]
    elif not _has_browser():
        return 1
    # Compiling the tests anew takes as long as many of them.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    workers = os.environ.get("WORKERS") or str(os.cpu_count() or 2)
    # Each process gets a stretch of the suite, so that what the tests of a file share is seldom made twice;
    # who is done takes over half of what lies before another.
    parallel = ["-n", workers, "--dist", "worksteal"]
    os.execv(sys.executable, [sys.executable, "-m", "pytest", *parallel, *arguments])


def _has_browser() -> bool:
    try:
        print(f"Browser for the tests: {browser.ensure()}", flush=True)
    except RuntimeError as error:
        print(error, file=sys.stderr)
        return False
    return True


if __name__ == "__main__":
    sys.exit(main())
