"""The first step of every make target, before there is a virtual environment."""

from __future__ import annotations

import builtins
import sys
from types import SimpleNamespace

import pytest

from clinic_site.local import bootstrap


@pytest.mark.parametrize("version", [(3, 8), (3, 10), (3, 15)])
def test_a_python_that_does_not_fit_is_refused_in_one_sentence(
    version: tuple[int, int], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(
        bootstrap, "sys", SimpleNamespace(version_info=version, stderr=sys.stderr, exit=sys.exit)
    )
    with pytest.raises(SystemExit) as stop:
        bootstrap.check_python()
    assert stop.value.code == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert f"this is {version[0]}.{version[1]}" in said


def test_a_missing_venv_module_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    real = builtins.__import__

    def without_ensurepip(name: str, *args: object, **kwargs: object) -> object:
        if name == "ensurepip":
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without_ensurepip)
    with pytest.raises(SystemExit) as stop:
        bootstrap.check_python()
    assert stop.value.code == 1
    assert "apt install python3-venv" in capsys.readouterr().err
