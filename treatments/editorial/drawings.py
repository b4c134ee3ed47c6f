"""The drawings of the site as a clinician looks at them before signing."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.contrib.staticfiles import finders

from treatments.editorial.signed_text import fingerprint

FOLDER = "img/drawings"


@dataclass(frozen=True)
class Drawn:
    """A drawing with its name, its fingerprint, and itself as an address that needs no other file."""

    name: str
    fingerprint: str
    address: str


def drawings() -> list[Drawn]:
    """Return every drawing that the site ships, by name."""
    return list(_drawings())


def _drawings() -> Iterator[Drawn]:
    folder = finders.find(FOLDER)
    for path in sorted(Path(folder).glob("*.svg")) if folder else ():
        data = base64.b64encode(path.read_bytes()).decode()
        address = f"data:image/svg+xml;base64,{data}"
        yield Drawn(path.stem, fingerprint(f"{FOLDER}/{path.name}"), address)
