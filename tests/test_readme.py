"""The README and the other documents are true where a program can tell."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = sorted(
    {
        path.relative_to(ROOT).as_posix()
        for pattern in ("*.md", "*/README.md", "docs/**/*.md")
        for path in ROOT.glob(pattern)
        if not path.relative_to(ROOT).parts[0].startswith((".", "var"))
    }
)


def variables_read() -> set[str]:
    """Every variable that settings.py asks the environment for."""
    source = (ROOT / "clinic_site" / "settings.py").read_text(encoding="utf-8")
    calls = re.findall(r"env\.\w+\(([^)]*)\)", source)
    return {name for call in calls for name in re.findall(r"[\"']([A-Z_]+)[\"']", call)} | (
        {"SITE_URL"} if "env.site_url()" in source else set()
    )


def test_every_variable_is_documented_and_every_documented_one_is_read() -> None:
    table = set(re.findall(r"^\| `([A-Z_]+)` \|", README, re.MULTILINE))
    levels = {"WARNING"}
    assert table == variables_read() - levels


def test_the_two_commands_come_first() -> None:
    assert README.index("make run") < README.index("make test") < README.index("## ")


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_make_target_it_names_exists(document: str) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    text = (ROOT / document).read_text(encoding="utf-8")
    named = set(re.findall(r"(?:`|^    )make ([a-z-]+)", text, re.MULTILINE))
    assert all(re.search(rf"^{target}:", makefile, re.MULTILINE) for target in named), named


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_link_and_picture_leads_somewhere(document: str) -> None:
    path = ROOT / document
    # What is indented is an example; of a link, what stands before its "#".
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("    ")]
    targets = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", "\n".join(lines))
    missing = [target for target in targets if "://" not in target and not (path.parent / target).exists()]
    assert missing == []


def test_every_document_is_in_an_index() -> None:
    docs, decisions = ROOT / "docs", ROOT / "docs" / "adr"
    indexes = "".join((folder / "README.md").read_text(encoding="utf-8") for folder in (docs, decisions))
    found = [path for path in docs.rglob("*.md") if path.name != "README.md"]
    assert [path.name for path in found if f"{path.name})" not in indexes] == []
