"""The first step of every make target, before there is a virtual environment."""

from __future__ import annotations

import builtins
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from types import SimpleNamespace

import pytest

from clinic_site.local import bootstrap
from clinic_site.local.processes import started

# Far above what it takes, on a busy machine too.
SECONDS = 120


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


# Starts something of its own, as pip and venv do, and says when it has.
WITH_A_CHILD = "sleep 600 & echo $!; wait"
WAITING = """
from clinic_site.local import bootstrap
bootstrap.run(["sh", "-c", {command!r}], lambda line: print(line, end="", flush=True))
"""


@pytest.mark.parametrize("sent", [[signal.SIGINT], [signal.SIGTERM], [signal.SIGTERM, *[signal.SIGINT] * 60]])
def test_what_it_waits_for_ends_with_it(sent: list[signal.Signals]) -> None:
    waiting = subprocess.Popen(
        [sys.executable, "-c", WAITING.format(command=WITH_A_CHILD)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert waiting.stdout
    child = int(waiting.stdout.readline())
    assert started(child)
    for number in sent:
        waiting.send_signal(number)
        # So that one of many comes at the moment of the end.
        time.sleep(0.001)
    _said, complaint = waiting.communicate(timeout=SECONDS)
    assert waiting.returncode == 128 + sent[0]
    assert complaint == ""
    assert wait_until(lambda: not started(child))


def wait_until(found: Callable[[], bool]) -> bool:
    """Return whether it comes about."""
    deadline = time.monotonic() + SECONDS
    while not found() and time.monotonic() < deadline:
        time.sleep(0.05)
    return found()


def test_what_it_runs_is_heard_line_by_line_and_tells_how_it_ended() -> None:
    said: list[str] = []
    assert bootstrap.run(["sh", "-c", "echo one; echo two >&2; exit 3"], said.append) == 3
    assert said == ["one\n", "two\n"]
