"""What a start says, and what it makes again after it was cut off."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from clinic_site.local import postgres
from clinic_site.local.postgres import APP, DATABASE, Cluster
from clinic_site.local.processes import started
from clinic_site.local.stack import Machine, make_roles


def announced(folder: Path, capsys: pytest.CaptureFixture[str]) -> str:
    machine = Machine(folder, 8000)
    machine.password_file.write_text("demo left-from-earlier\n")
    machine._announce(machine.environment())
    return capsys.readouterr().out


def test_a_demonstration_says_how_to_sign_in(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DEMO", "1")
    assert "left-from-earlier" in announced(tmp_path, capsys)


def test_on_another_database_the_password_of_an_earlier_demonstration_is_not_offered(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DEMO")
    monkeypatch.setenv("DATABASE_URL", "postgres://somebody@elsewhere/else")
    assert "left-from-earlier" not in announced(tmp_path, capsys)


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    made = Cluster(tmp_path / "postgres", "test only")
    yield made
    made.remove()


@pytest.mark.programs
def test_a_cluster_whose_making_was_cut_off_is_made_again(cluster: Cluster) -> None:
    half = cluster.data.with_name("postgres.new")
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n")
    cluster.create()
    cluster.start()
    cluster.execute(f"CREATE ROLE {APP} LOGIN")
    make_roles(cluster, "test only")
    make_roles(cluster, "test only")
    assert cluster.execute("SELECT 1", DATABASE) == "1"
    assert not half.exists()


def test_a_number_that_somebody_else_has_by_now_is_nobodys_server(cluster: Cluster) -> None:
    cluster.create()
    with subprocess.Popen(["sleep", "600"]) as stranger:
        (cluster.data / "postmaster.pid").write_text(f"{stranger.pid}\n{cluster.data}\n")
        cluster.stop()
        assert stranger.poll() is None
        cluster.start()
        assert cluster.execute("SELECT 1") == "1"
        assert stranger.poll() is None
        stranger.kill()


def test_a_server_that_does_not_hear_is_killed_and_leaves_no_socket(
    cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres, "STOP_SECONDS", 0.2)
    cluster.create()
    cluster.start()
    pid = int((cluster.data / "postmaster.pid").read_text().split()[0])
    os.kill(pid, signal.SIGSTOP)
    cluster.stop()
    monkeypatch.undo()
    assert not started(pid) and not cluster.socket_folder.exists()
