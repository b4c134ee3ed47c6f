"""Children that are remembered before they do anything, and an end that loses none of them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from clinic_site.local.processes import Interrupted, Interruption, Processes, started

ENVIRONMENT = dict(os.environ)
# Far above what it takes, on a busy machine too.
SECONDS = 120


@pytest.fixture
def processes(tmp_path: Path):
    made = Processes(tmp_path / "processes.json")
    yield made
    made.stop()


def test_a_child_is_remembered_under_its_name_until_it_is_stopped(processes: Processes) -> None:
    processes.start("web", ["sleep", "600"], ENVIRONMENT)
    [(pid, born)] = processes.remembered().values()
    assert (started(pid), list(processes.remembered())) == (born, ["web"])
    processes.stop()
    assert not started(pid) and processes.remembered() == {}


def test_a_child_that_cannot_be_remembered_never_begins(
    processes: Processes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_processes: Processes) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(Processes, "_remember", full)
    with pytest.raises(OSError, match="no space"):
        processes.start("web", ["touch", str(tmp_path / "begun")], ENVIRONMENT)
    # As a kill would: our end of the child's input is closed, and nothing was written to it.
    child = processes.children["web"]
    child.stdin.close()
    assert child.wait(SECONDS) != 0
    assert not (tmp_path / "begun").exists()


def test_what_was_remembered_outlives_a_kill_amid_the_next_writing(
    processes: Processes, monkeypatch: pytest.MonkeyPatch
) -> None:
    processes.start("web", ["sleep", "600"], ENVIRONMENT)
    kept = processes.remembered()

    def killed(path: Path, text: str) -> None:
        path.open("w").close()
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(Path, "write_text", killed)
        processes.start("worker", ["sleep", "600"], ENVIRONMENT)
    assert processes.remembered() == kept


def test_a_child_that_is_waited_for_tells_how_it_ended(processes: Processes) -> None:
    assert processes.run("prepare", ["sh", "-c", "exit 3"], ENVIRONMENT, Interruption()) == 3
    assert (processes.children, processes.remembered()) == ({}, {})


def test_a_child_that_is_waited_for_is_ended_by_stop_after_a_signal(processes: Processes) -> None:
    interruption = Interruption()
    interruption.came = True
    with pytest.raises(Interrupted):
        processes.run("prepare", ["sleep", "600"], ENVIRONMENT, interruption)
    [(pid, _born)] = processes.remembered().values()
    processes.stop()
    assert not started(pid)


def test_signals_are_noted_and_raise_nothing_by_themselves() -> None:
    code = (
        "import os, signal\n"
        "from clinic_site.local.processes import Interrupted, Interruption\n"
        "noted = Interruption()\n"
        "noted.listen()\n"
        "for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGINT):\n"
        "    os.kill(os.getpid(), number)\n"
        "try:\n"
        "    noted.pause(0)\n"
        "except Interrupted:\n"
        "    print('noted')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=SECONDS)
    assert (done.returncode, done.stdout, done.stderr) == (0, "noted\n", "")
