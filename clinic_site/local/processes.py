"""Starting, remembering and ending the processes of one machine."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import time
from pathlib import Path
from types import FrameType

GRACE_SECONDS = 3.0
LOOK_SECONDS = 0.05
ENDING_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
# A child becomes its command when it hears that it is remembered. If we are killed before, its input ends
# and with that the child.
ONCE_REMEMBERED = ["/bin/sh", "-c", 'read -r _ && exec "$@" </dev/null', "sh"]


class Interrupted(Exception):
    """Somebody asked for the end."""


class Interruption:
    """Whether somebody asked for the end: Ctrl-C, TERM, or a closed terminal, once or many times.

    A signal is only noted. An exception out of its handler could come anywhere: between the start of a child
    and the line that remembers it, or amid the end.
    """

    def __init__(self) -> None:
        self.came = False

    def listen(self) -> None:
        """Note the signals from now on."""
        for number in ENDING_SIGNALS:
            signal.signal(number, self._note)

    def check(self) -> None:
        """Raise Interrupted when somebody asked for the end."""
        if self.came:
            raise Interrupted

    def pause(self, seconds: float) -> None:
        """Wait. Raises Interrupted when somebody asked for the end."""
        self.check()
        time.sleep(seconds)
        self.check()

    def _note(self, _number: int, _frame: FrameType | None) -> None:
        self.came = True


class Processes:
    """Children, each in a process group of its own, remembered in a file so that none outlives a crash."""

    def __init__(self, memory: Path) -> None:
        self.memory = memory
        self.children: dict[str, subprocess.Popen[bytes]] = {}

    def start(
        self, name: str, command: list[str], environment: dict[str, str], log: Path | None = None
    ) -> None:
        """Start a child that writes to `log`, or where we write."""
        with log.open("ab") if log else contextlib.nullcontext() as output:
            child = self.children[name] = subprocess.Popen(
                [*ONCE_REMEMBERED, *command], env=environment, stdin=subprocess.PIPE, stdout=output,
                stderr=output, start_new_session=True,
            )  # fmt: skip
        self._remember()
        assert child.stdin  # noqa: S101 (tells mypy)
        # Somebody may have ended it already: first_dead and run say so.
        with contextlib.suppress(BrokenPipeError), child.stdin as remembered:
            remembered.write(b"\n")

    def run(
        self, name: str, command: list[str], environment: dict[str, str], interruption: Interruption
    ) -> int:
        """Start a child, wait for its end and return its exit code.

        Raises Interrupted when somebody asks for the end meanwhile; stop() ends the child then.
        """
        self.start(name, command, environment)
        while (code := self.children[name].poll()) is None:
            interruption.pause(LOOK_SECONDS)
        del self.children[name]
        self._remember()
        return code

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
        remembered = self.remembered().values()
        alive = [pid for pid, born in remembered if born and started(pid) == born]
        for pid in alive:
            _signal_group(pid, signal.SIGKILL)
        self.memory.unlink(missing_ok=True)
        return len(alive)

    def remembered(self) -> dict[str, tuple[int, str]]:
        """Return the children that the file names: of each its number, and when it began."""
        try:
            return {name: (pid, born) for name, (pid, born) in json.loads(self.memory.read_text()).items()}
        except (OSError, ValueError):
            return {}

    def _remember(self) -> None:
        rows = {name: (child.pid, started(child.pid)) for name, child in self.children.items()}
        # Written beside and renamed: a kill in between must not leave half a file, which nobody can read.
        fresh = self.memory.with_suffix(".new")
        fresh.write_text(json.dumps(rows))
        fresh.rename(self.memory)


def started(pid: int) -> str:
    """Return when a living process began, as ps prints it, or "".

    With the number it tells a process from a later one. One that has ended but was not yet fetched by its
    parent (state Z) does not count.
    """
    state, _, began = look_up(pid, "stat=,lstart=").partition(" ")
    return "" if state.startswith("Z") else began.strip()


def look_up(pid: int, columns: str) -> str:
    """Return what ps says of a process in these columns, or "" when there is none."""
    ps = ["ps", "-ww", "-o", columns, "-p", str(pid)]
    while True:
        done = subprocess.run(ps, capture_output=True, text=True, start_new_session=True)
        # A signal that is sent to our group may reach it before it has one of its own. It said nothing then.
        if done.returncode >= 0:
            return done.stdout.strip()


def _signal_group(pid: int, number: signal.Signals) -> None:
    try:
        os.killpg(pid, number)
    except (ProcessLookupError, PermissionError):
        return
