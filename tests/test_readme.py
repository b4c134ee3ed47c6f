"""The README is true where a program can tell."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


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


def test_every_make_target_it_names_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = set(re.findall(r"`?make ([a-z-]+)`?", README))
    assert all(re.search(rf"^{target}:", makefile, re.MULTILINE) for target in named), named


def test_every_link_and_picture_leads_somewhere() -> None:
    targets = re.findall(r"\]\(([^)#]+)\)", README)
    missing = [target for target in targets if "://" not in target and not (ROOT / target).exists()]
    assert missing == []
