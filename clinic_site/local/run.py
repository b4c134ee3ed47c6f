"""`make run`: the whole product on one machine, on an embedded PostgreSQL or on DATABASE_URL."""

from __future__ import annotations

import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import IO

from clinic_site.local.processes import ENDING_SIGNALS, Interrupted, Interruption
from clinic_site.local.stack import HOST, ROOT, Machine, Stop, say

# A process that was just ended gives its port back a moment later.
PORT_SECONDS = 1.5


def check_port(port: int, interruption: Interruption) -> None:
    """Raise Stop when somebody else keeps listening on the port, and Interrupted."""
    deadline = time.monotonic() + PORT_SECONDS
    while not is_free(port):
        if time.monotonic() > deadline:
            raise Stop(f"Port {port} is taken. Choose another one: make run PORT={port + 1}")
        interruption.pause(0.1)


def is_free(port: int) -> bool:
    """Return whether the port can be listened on."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def data_folder(name: str) -> Path:
    """Return the data folder, made and writable. Raises Stop."""
    folder = (ROOT / name).resolve()
    try:
        for inner in (folder, folder / "logs", folder / "mail"):
            inner.mkdir(parents=True, exist_ok=True, mode=0o700)
        (folder / ".writable").touch()
    except OSError as error:
        raise Stop(f"{folder} cannot be written. Choose another folder: make run DATA_DIR=/path") from error
    return folder


def lock(folder: Path) -> IO[str]:
    """Hold the data folder for this run alone. Raises Stop when another run holds it."""
    file = (folder / "run.lock").open("w")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise Stop(f"Already running on {folder}. End that run first, or choose DATA_DIR=/path") from error
    return file


def port_number(text: str) -> int:
    """Return the port. Raises Stop when it is none."""
    if text.isdigit() and 0 < int(text) < 65536:
        return int(text)
    raise Stop(f"PORT must be a number from 1 to 65535, not {text!r}.")


def main() -> int:
    """Run until a signal comes. Return the exit code."""
    interruption = Interruption()
    interruption.listen()
    machine: Machine | None = None
    try:
        port = port_number(os.environ.get("PORT") or "8000")
        folder = data_folder(os.environ.get("DATA_DIR") or "var")
        held = lock(folder)  # noqa: F841 (kept open: the lock lasts as long as the file)
        machine = Machine(folder, port, interruption)
        if machine.processes.end_leftovers():
            say("Ended what an earlier run left behind.")
        check_port(port, interruption)
        machine.serve(machine.prepare())
    except Interrupted:
        return 0
    except (Stop, RuntimeError, PermissionError, subprocess.CalledProcessError) as error:
        if interruption.came:
            # A program of PostgreSQL heard the signal too, before it had a process group of its own.
            return 0
        print(error, file=sys.stderr, flush=True)
        return 1
    finally:
        if machine:
            machine.stop()
        # One that comes now would change nothing but the exit code.
        for number in ENDING_SIGNALS:
            signal.signal(number, signal.SIG_IGN)
    return 0


if __name__ == "__main__":
    sys.exit(main())
