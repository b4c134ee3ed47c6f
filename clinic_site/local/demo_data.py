"""`make demo-data`: fictional requests for the database of `make run`, while it runs."""

from __future__ import annotations

import os
import subprocess
import sys

from clinic_site.local.machine import ROOT, Machine


def main() -> int:
    """Run the command with the environment of the running site. Return its exit code."""
    machine = Machine(ROOT / (os.environ.get("DATA_DIR") or "var"), 8000)
    if not machine.processes.memory.exists():
        print("Start the site first: make run", file=sys.stderr)
        return 1
    command = [sys.executable, "manage.py", "demo_data"]
    return subprocess.run(command, env=machine.environment(), cwd=ROOT).returncode


if __name__ == "__main__":
    sys.exit(main())
