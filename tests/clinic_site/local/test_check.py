"""What `make check` refuses, beyond what its tools are known for."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from clinic_site.local.check import CHECKS


@pytest.mark.parametrize(
    ("text", "passes"),
    [
        ("<" * 7 + " HEAD\nmine\n" + "=" * 7 + "\ntheirs\n", False),
        ("theirs\n" + ">" * 7 + " other branch\n", False),
        ("Heading\n" + "=" * 7 + "\nsaid " + "<" * 7 + " aside\n", True),
    ],
)
def test_a_conflict_marker_is_not_committed(tmp_path: Path, text: str, passes: bool) -> None:
    (tmp_path / "one.md").write_text(text)
    for words in (["init", "-q"], ["add", "one.md"]):
        subprocess.run(["git", *words], cwd=tmp_path, check=True)
    done = subprocess.run(CHECKS["conflict markers"], cwd=tmp_path, capture_output=True)
    assert (done.returncode == 0) is passes
