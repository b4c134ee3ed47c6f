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
    pytest = [sys.executable, "-m", "pytest", "-n", workers, "--dist", "loadgroup", *sys.argv[1:]]
    os.execv(sys.executable, pytest)


if __name__ == "__main__":
    sys.exit(main())
