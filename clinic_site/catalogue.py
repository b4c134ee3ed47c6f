"""Compiles the message catalogues: `python -m clinic_site.catalogue` (no msgfmt needed).

The compiled files stay out of the repository; `make run`, `make test` and the image make them.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

LOCALE = Path(__file__).resolve().parent.parent / "locale"


def compile_all(folder: Path = LOCALE) -> list[Path]:
    """Compile each catalogue that is newer than its compiled file. Return the files written."""
    catalogues = sorted(folder.glob("*/LC_MESSAGES/*.po"))
    return [compile_one(path) for path in catalogues if is_stale(path)]


def is_missing(catalogue: Path) -> bool:
    """Whether a catalogue was never compiled."""
    return not catalogue.with_suffix(".mo").exists()


def is_stale(catalogue: Path) -> bool:
    """Whether a catalogue has no compiled file, or an older one."""
    compiled = catalogue.with_suffix(".mo")
    return is_missing(catalogue) or compiled.stat().st_mtime < catalogue.stat().st_mtime


def compile_one(catalogue: Path) -> Path:
    """Compile one catalogue, leaving out what is fuzzy, and put it in place in one step."""
    # Imported here: the image that serves patients has the compiled files and no Babel.
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with catalogue.open("rb") as source:
        messages = read_po(source, locale=catalogue.parts[-3])
    handle, name = tempfile.mkstemp(dir=catalogue.parent, suffix=".mo.new")
    with os.fdopen(handle, "wb") as target:
        write_mo(target, messages)
    os.chmod(name, 0o644)
    return Path(name).replace(catalogue.with_suffix(".mo"))


if __name__ == "__main__":
    compile_all()
