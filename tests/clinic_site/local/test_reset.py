"""`make reset`: the data is moved aside, whole, and never while somebody runs on it."""

from __future__ import annotations

from pathlib import Path

import pytest

from clinic_site.local import reset
from clinic_site.local.run import lock
from clinic_site.local.stack import Stop


def test_the_data_is_moved_aside_whole(tmp_path: Path) -> None:
    folder = tmp_path / "var"
    (folder / "postgres").mkdir(parents=True)
    (folder / "postgres" / "PG_VERSION").write_text("18")
    aside = reset.move_aside(folder)
    assert not folder.exists() and aside.parent == tmp_path and aside.name.startswith("var-")
    assert (aside / "postgres" / "PG_VERSION").read_text() == "18"


def test_a_run_keeps_its_data(tmp_path: Path) -> None:
    folder = tmp_path / "var"
    folder.mkdir()
    with lock(folder), pytest.raises(Stop, match="Already running"):
        reset.move_aside(folder)
    assert folder.is_dir()


def test_without_data_it_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "nothing"))
    assert reset.main() == 1
    assert "There is no data in" in capsys.readouterr().err
