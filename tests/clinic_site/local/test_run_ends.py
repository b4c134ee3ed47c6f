"""`make run` ended at fifty moments, once or twice, by Ctrl-C or TERM: nothing of it is left."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import Queue
from typing import Final

import psutil

from clinic_site.local.postgres import Cluster
from tests.clinic_site.local.test_run import ROOT, plain_environment
from tests.ports import free_port

# Far above what it takes, on a busy machine too: a process that was forgotten stays for good.
SECONDS = 300
LANES = 2
INT, TERM = signal.SIGINT, signal.SIGTERM
MAKE: Final = ["make", "run", f"PYTHON={sys.executable}"]
ITSELF: Final = [sys.executable, "-m", "clinic_site.local.run"]
# What is started, whether its group is told or it alone, and what they are told. A terminal and a service
# manager tell the group; make hands TERM on, so that what it started hears it twice then.
WAYS: Final = [
    (MAKE, os.killpg, [INT]),
    (MAKE, os.killpg, [TERM]),
    (MAKE, os.killpg, [INT, INT]),
    (MAKE, os.killpg, [TERM, TERM]),
    (MAKE, os.killpg, [INT, TERM]),
    (MAKE, os.kill, [TERM]),
    (ITSELF, os.kill, [INT]),
    (ITSELF, os.kill, [TERM]),
    (ITSELF, os.kill, [TERM, INT]),
]


@dataclass(frozen=True)
class Start:
    """One start on a prepared data folder, watched from outside."""

    folder: Path

    def said(self, words: str) -> bool:
        return words in (self.folder / "said.txt").read_text()

    def logged(self, words: str) -> bool:
        log = self.folder / "logs" / "web.log"
        return log.exists() and words in log.read_text()

    def has_server(self) -> bool:
        return (self.folder / "postgres" / "postmaster.pid").exists()


# What has been seen when the signal comes, how many seconds later at most it comes, and at how many moments.
POINTS: Final[list[tuple[Callable[[Start], bool], float, int]]] = [
    (lambda start: True, 0.6, 12),
    (Start.has_server, 0.4, 10),
    (lambda start: start.said("Bringing the database"), 0.4, 6),
    (lambda start: start.logged("Starting gunicorn"), 0.6, 6),
    (lambda start: start.logged("/health/ready 200"), 0.1, 8),
    (lambda start: start.said("Ctrl-C ends it"), 0.8, 8),
]
MOMENTS: Final = [
    (seen, seconds * number / count) for seen, seconds, count in POINTS for number in range(count)
]


def start(folder: Path, command: list[str]) -> subprocess.Popen[bytes]:
    """Start on that folder, as the leader of a process group, and let it say into a file there."""
    for log in (folder / "logs").glob("*.log"):
        log.unlink()
    # One web process costs least.
    environment = plain_environment(PORT=str(free_port()), DATA_DIR=str(folder), WEB_WORKERS="1")
    with (folder / "said.txt").open("wb") as said:
        return subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=said, stderr=said, start_new_session=True
        )


def until(found: Callable[[], bool]) -> bool:
    """Return whether it comes about."""
    deadline = time.monotonic() + SECONDS
    while not found():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.005)
    return True


def processes_of(folder: Path) -> Iterator[psutil.Process]:
    """Yield the processes that belong to the data folder."""
    for process in psutil.process_iter():
        # One that ends meanwhile has no answer. The helpers of PostgreSQL have their titles in place of it.
        with contextlib.suppress(psutil.Error, OSError):
            if process.environ().get("DATA_DIR") == str(folder) or folder in Path(process.cwd()).parents:
                yield process


def kill_what_is_left_of(folder: Path) -> None:
    """Let one moment not spoil the next."""
    for process in processes_of(folder):
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()


def left_of(folder: Path) -> list[str]:
    """Return the processes that belong to the data folder, and what else a run holds."""
    left = [str(process) for process in processes_of(folder)]
    with (folder / "run.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            left.append("the lock")
    held = (Cluster(folder / "postgres", "").socket_folder, folder / "processes.json")
    return left + [str(path) for path in held if path.exists()]


def end(folder: Path, moment: int) -> str:
    """Start, end at that moment, and return what went wrong, or ""."""
    (seen, seconds), (command, tell, signals) = MOMENTS[moment], WAYS[moment % len(WAYS)]
    process = start(folder, command)
    came = until(lambda: seen(Start(folder)) or process.poll() is not None)
    time.sleep(seconds)
    wrong = "" if came and process.poll() is None else f"ended by itself: {(folder / 'said.txt').read_text()}"
    for number, sent in enumerate(signals):
        time.sleep(number * 0.03 * (moment % 4))
        with contextlib.suppress(ProcessLookupError):
            tell(process.pid, sent)
    if not until(lambda: process.poll() is not None):
        wrong = "it does not end"
    elif not until(lambda: not left_of(folder)):
        wrong = f"left: {left_of(folder)}"
        kill_what_is_left_of(folder)
    return wrong and f"{moment}: {' '.join(command)} {tell.__name__} {signals} {wrong}"


def test_nothing_is_left_of_a_run_that_is_ended_at_any_of_fifty_moments(tmp_path: Path) -> None:
    prepared = tmp_path / "prepared"
    (prepared / "logs").mkdir(parents=True)
    process = start(prepared, ITSELF)
    until(lambda: Start(prepared).said("Ctrl-C ends it") or process.poll() is not None)
    assert process.poll() is None, (prepared / "said.txt").read_text()
    process.terminate()
    assert process.wait(SECONDS) == 0
    assert until(lambda: not left_of(prepared))
    lanes: Queue[Path] = Queue()
    for lane in range(LANES):
        lanes.put(Path(shutil.copytree(prepared, tmp_path / f"lane-{lane}")))

    def try_moment(moment: int) -> str:
        folder = lanes.get()
        try:
            return end(folder, moment)
        finally:
            lanes.put(folder)

    assert len(MOMENTS) == 50
    with ThreadPoolExecutor(LANES) as threads:
        assert [wrong for wrong in threads.map(try_moment, range(len(MOMENTS))) if wrong] == []
