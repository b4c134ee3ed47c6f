"""`make test`: a browser, then the whole suite, in parallel."""

from __future__ import annotations

import os
import sys

from clinic_site.local import browser


def main() -> int:
    """Make sure of a browser and become pytest."""
    try:
        print(f"Browser for the tests: {browser.ensure()}", flush=True)
    except RuntimeError as error:
        print(error, file=sys.stderr)
        return 1
    workers = os.environ.get("WORKERS") or str(os.cpu_count() or 2)
    # A file stays in one process, so that what its tests share is made once; in the order of the folders,
    # which keeps the long journeys from the end.
    parallel = ["-n", workers, "--dist", "loadfile", "--no-loadscope-reorder"]
    pytest = [sys.executable, "-m", "pytest", *parallel, *sys.argv[1:]]
    os.execv(sys.executable, pytest)


if __name__ == "__main__":
    sys.exit(main())
