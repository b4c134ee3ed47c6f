"""The tokens stand in both style sheets, which are loaded apart (docs/adr/0010)."""

from __future__ import annotations

import re
from pathlib import Path

CSS = Path(__file__).resolve().parents[2] / "static" / "css"


def tokens(name: str) -> list[str]:
    """Return the lines of the tokens layer."""
    found = re.search(r"^@layer tokens \{\n(.*?)^\}", (CSS / name).read_text(), re.DOTALL | re.MULTILINE)
    assert found, f"{name} has no tokens layer"
    return [line.strip() for line in found[1].splitlines() if line.strip()]


def test_public_and_staff_pages_have_the_same_tokens() -> None:
    assert len(tokens("site.css")) > 20
    assert tokens("site.css") == tokens("staff.css")
