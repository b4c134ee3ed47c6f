"""Starting, remembering and ending the processes of one machine."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import time
from pathlib import Path

GRACE_SECONDS = 3.0


class Processes:
    """Children, each in a process group of its own, remembered in a file so that none outlives a crash."""

    def __init__(self, memory: Path) -> None:
        self.memory = memory
        self.children: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, name: str, command: list[str], environment: dict[str, str], log: Path) -> None:
        """Start a child that writes to `log`."""
        with log.open("ab") as output:
            self.children[name] = subprocess.Popen(
                command, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=output,
                start_new_session=True,
            )  # fmt: skip
        self._remember()

    def first_dead(self) -> str | None:
        """Return the name of a child that ended by itself."""
        return next((name for name, child in self.children.items() if child.poll() is not None), None)

    def stop(self) -> None:
        """End all children: asked first, then made to."""
        for child in self.children.values():
            _signal_group(child.pid, signal.SIGTERM)
        deadline = time.monotonic() + GRACE_SECONDS
        for child in self.children.values():
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(max(0, deadline - time.monotonic()))
        for child in self.children.values():
            _signal_group(child.pid, signal.SIGKILL)
            child.wait()
        self.children.clear()
        self.memory.unlink(missing_ok=True)

    def end_leftovers(self) -> int:
        """End what a killed start left behind; return how many. Other people's processes are not touched."""
        try:
            remembered = json.loads(self.memory.read_text())
        except (OSError, ValueError):
            return 0
        alive = [pid for pid, born in remembered if born and started(pid) == born]
        for pid in alive:
            _signal_group(pid, signal.SIGKILL)
        self.memory.unlink(missing_ok=True)
        return len(alive)

    def _remember(self) -> None:
        rows = [(child.pid, started(child.pid)) for child in self.children.values()]
        self.memory.write_text(json.dumps(rows))


def started(pid: int) -> str:
    """Return when a living process began, as ps prints it, or "".

    With the number it tells a process from a later one. One that has ended but was not yet fetched by its
    parent (state Z) does not count.
    """
    done = subprocess.run(["ps", "-o", "stat=,lstart=", "-p", str(pid)], capture_output=True, text=True)
    state, _, began = done.stdout.strip().partition(" ")
    return "" if state.startswith("Z") else began.strip()


def _signal_group(pid: int, number: signal.Signals) -> None:
    try:
        os.killpg(pid, number)
    except (ProcessLookupError, PermissionError):
        return
