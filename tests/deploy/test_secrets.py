"""deploy/make-secrets.sh: makes what compose.yaml mounts, once."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
from pathlib import Path

import pytest

from clinic_site import env
from tests.deploy.compose_file import ROOT, secret_names

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")


def make(folder: Path, *arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    script = folder / "make-secrets.sh"
    shutil.copy(ROOT / "deploy/make-secrets.sh", script)
    return subprocess.run(
        ["sh", str(script), *arguments],
        env={"PATH": os.environ["PATH"], **environ},
        capture_output=True,
        text=True,
    )


def test_it_makes_every_secret_that_compose_mounts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done = make(tmp_path, "--self-signed", EMAIL_URL="smtp+tls://user:password@mail.example:587")
    assert done.returncode == 0, done.stderr
    made = {path.name for path in (tmp_path / "secrets").iterdir()}
    assert made == secret_names()
    for name in ("SEAL_KEYS", "SEARCH_KEY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv(f"{name}_FILE", str(tmp_path / "secrets" / name.lower()))
    assert list(env.keys("SEAL_KEYS")) == ["k1"]
    assert len(env.key("SEARCH_KEY")) == 32


def test_others_cannot_enter_the_folder_and_containers_can_read_the_files(tmp_path: Path) -> None:
    make(tmp_path)
    folder = tmp_path / "secrets"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o444}


def test_a_second_run_keeps_what_is_there(tmp_path: Path) -> None:
    make(tmp_path)
    first = {path.name: path.read_text() for path in (tmp_path / "secrets").iterdir()}
    make(tmp_path)
    assert {path.name: path.read_text() for path in (tmp_path / "secrets").iterdir()} == first


def test_it_says_what_is_still_missing(tmp_path: Path) -> None:
    done = make(tmp_path)
    assert done.returncode == 1
    assert "email_url" in done.stderr and "tls_certificate" in done.stderr
