"""`make demo-data`, `shell`, `signoff`: a command of manage.py on the database of a running `make run`."""

from __future__ import annotations

import os
import subprocess
import sys

from clinic_site.local.machine import ROOT, Machine


def run(*command: str) -> int:
    """Run the command with the environment of the running site. Return its exit code."""
    machine = Machine(ROOT / (os.environ.get("DATA_DIR") or "var"), 8000)
    if not machine.processes.memory.exists():
        print("Start the site first: make run", file=sys.stderr)
        return 1
    return subprocess.run(
        [sys.executable, "manage.py", *command], env=machine.environment(), cwd=ROOT
    ).returncode


if __name__ == "__main__":
    sys.exit(run(*sys.argv[1:]))
