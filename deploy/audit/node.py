"""Tools from npm, in a folder of their own."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

# Lighthouse 13 needs Node 22.
TOOLS = ("vnu-jar@26.9.27", "lighthouse@12.8.2")
FETCH_SECONDS = 600


class Missing(Exception):
    """A part cannot run here. str(error) says which one and what it needs."""


def modules(part: str, folder: Path) -> Path:
    """Return the folder of the installed tools, fetched the first time. Raises Missing."""
    npm = shutil.which("npm")
    if npm is None:
        raise Missing(f"{part}: Node.js with npm is not installed.")
    home = (folder / "node").resolve()
    stamp, wanted = home / "tools.txt", "\n".join(TOOLS)
    if not (stamp.exists() and stamp.read_text() == wanted):
        print("Fetching the validator and Lighthouse ...", flush=True)
        _install([npm, "install", "--prefix", str(home), "--no-audit", "--no-fund", "--silent", *TOOLS], part)
        stamp.write_text(wanted)
    return home / "node_modules"


def _install(command: list[str], part: str) -> None:
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=FETCH_SECONDS)
    except subprocess.TimeoutExpired:
        raise Missing(f"{part}: npm did not answer.") from None
    if done.returncode:
        lines = done.stderr.strip().splitlines() or ["npm failed without a word"]
        raise Missing(f"{part}: its tools cannot be fetched ({lines[-1]}).")
