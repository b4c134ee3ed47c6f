"""Reads what the tests need of compose.yaml, which is written plainly: no YAML library is installed."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "compose.yaml").read_text()


def block(name: str, indent: int = 0) -> str:
    """Return the lines under `name:` at this depth."""
    found = re.search(rf"^ {{{indent}}}{name}:.*\n((?: {{{indent + 1},}}.*\n|\n)+)", TEXT, re.MULTILINE)
    assert found, f"compose.yaml has no {name}"
    return found[1]


def services() -> dict[str, str]:
    """Return each service's lines, with the shared ones they merge."""
    names = re.findall(r"^  (\w+):$", block("services"), re.MULTILINE)
    return {name: _merged(block(name, 2)) for name in names}


def environment(service: str) -> dict[str, str]:
    """Return the variables of a service, by name."""
    inside = re.search(r"^    environment:\n((?: {6,}.*\n)+)", block(service, 2), re.MULTILINE)
    assert inside, f"{service} has no environment"
    return dict(re.findall(r'^ +([A-Z_]+): "?(.*?)"?$', _merged(inside[1]), re.MULTILINE))


def secret_names() -> set[str]:
    """Return the names under the top-level `secrets:`."""
    return set(re.findall(r"^  (\w+): \{file:", block("secrets"), re.MULTILINE))


def listed(service: str, key: str) -> list[str]:
    """Return a list written as `key: [a, b]`, or nothing."""
    found = re.search(rf"^ +{key}: \[(.*)\]$", services()[service], re.MULTILINE)
    return re.split(r", ", found[1]) if found else []


def _merged(lines: str) -> str:
    for anchor in re.findall(r"<<: \*(\w+)", lines):
        found = re.search(rf"^(x-\S+): &{anchor}$", TEXT, re.MULTILINE)
        assert found, f"no anchor {anchor}"
        lines += _merged(block(found[1]))
    return lines
