"""`make demo-data`, `shell`, `signoff`: a command of manage.py on the database of a running `make run`."""

from __future__ import annotations

import os
import sys

from clinic_site.local.stack import ROOT, Machine


def run(*command: str) -> int:
    """Become the command, with the environment of the running site. Return 1 when none runs."""
    machine = Machine(ROOT / (os.environ.get("DATA_DIR") or "var"), 8000)
    if "web" not in machine.processes.remembered():
        print("Start the site first: make run", file=sys.stderr)
        return 1
    os.chdir(ROOT)
    os.execve(sys.executable, [sys.executable, "manage.py", *command], machine.environment())


if __name__ == "__main__":
    sys.exit(run(*sys.argv[1:]))
