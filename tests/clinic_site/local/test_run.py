"""`make run` as a person at a terminal meets it: real processes, a data folder of its own."""

from __future__ import annotations

import os
import signal
import socket
import stat
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from clinic_site.local.processes import Processes, started
from tests.ports import free_port

pytestmark = pytest.mark.programs
ROOT = Path(__file__).parents[3]
# Far above what it takes, on a busy machine too.
STOP_SECONDS = 120


def plain_environment(**variables: str) -> dict[str, str]:
    """Return what a person has at a terminal: no settings of the suite, nothing that make hands on."""
    names = ("DATABASE_URL", "SITE_URL", "DEMO", "SECRET_KEY", "SEAL_KEYS", "SEARCH_KEY", "MAIL_DIR")
    names += ("MAKEFLAGS", "MAKELEVEL", "MAKEOVERRIDES", "MFLAGS")
    return {**{name: value for name, value in os.environ.items() if name not in names}, **variables}


class Run:
    """One `make run`, watched from outside."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.port = folder, port
        self.process = subprocess.Popen(
            [sys.executable, "-m", "clinic_site.local.run"],
            cwd=ROOT, env=plain_environment(PORT=str(port), DATA_DIR=str(folder)),
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip

    def wait_until_announced(self) -> str:
        said = ""
        assert self.process.stdout
        for line in self.process.stdout:
            said += line
            if "Ctrl-C" in line:
                return said
        raise AssertionError(said)

    def get(self, path: str) -> int:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=120) as answer:
                return answer.status
        except urllib.error.HTTPError as error:
            return error.code

    def children(self) -> list[tuple[int, str]]:
        return list(Processes(self.folder / "processes.json").remembered().values())

    def postgres_pid(self) -> int:
        return int((self.folder / "postgres" / "postmaster.pid").read_text().split()[0])


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "data"


def test_starts_serves_survives_a_kill_and_ends_everything(folder: Path) -> None:
    first = Run(folder, free_port())
    said = first.wait_until_announced()
    assert f"http://localhost:{first.port}/" in said
    assert first.get("/") == 200
    assert first.get("/health/ready") == 200
    password = folder / "demo-staff.txt"
    assert password.read_text().strip() in said
    assert stat.S_IMODE(password.stat().st_mode) == 0o600
    assert stat.S_IMODE((folder / "keys.json").stat().st_mode) == 0o600

    left = first.children()
    first.process.kill()
    first.process.wait()
    assert all(started(pid) == born for pid, born in left), "the kill must leave something to clean up"

    second = Run(folder, first.port)
    said = second.wait_until_announced()
    assert "Ended what an earlier run left behind." in said
    assert not any(started(pid) == born for pid, born in left)
    assert password.read_text().strip() in said, "the second start keeps what the first one made"

    mine = [*[pid for pid, _ in second.children()], second.postgres_pid()]
    second.process.send_signal(signal.SIGTERM)
    assert second.process.wait(STOP_SECONDS) == 0
    assert not any(started(pid) for pid in mine)


def refused(folder: Path, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "clinic_site.local.run"],
        cwd=ROOT, env={**os.environ, "DATA_DIR": str(folder), **environment}, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1
    return lines[0]


def test_port_taken(folder: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert refused(folder, PORT=str(port)) == (
            f"Port {port} is taken. Choose another one: make run PORT={port + 1}"
        )


def test_port_that_is_none(folder: Path) -> None:
    assert refused(folder, PORT="http") == "PORT must be a number from 1 to 65535, not 'http'."


def test_data_folder_that_cannot_be_written(tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.touch()
    sentence = refused(in_the_way / "data", PORT=str(free_port()))
    assert sentence.endswith("cannot be written. Choose another folder: make run DATA_DIR=/path")
