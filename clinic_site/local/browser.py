"""Finds a Chromium for the journeys, or fetches one.

`python -m clinic_site.local.browser` makes sure that there is one and prints where it is.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

# Draws the same pages without the windows around them, which takes less time.
SHELL = "chromium-headless-shell"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
FETCH_SECONDS = 300


def find() -> str | None:
    """Return the path of a Chromium: CHROME_PATH, one on this machine, or the one Playwright fetched."""
    return os.environ.get("CHROME_PATH") or shutil.which(SHELL) or find_whole()


def find_whole() -> str | None:
    """Return the path of a Chromium that has what belongs to its windows too, such as filling in forms."""
    on_path = next(filter(None, map(shutil.which, NAMES)), None)
    if on_path:
        return on_path
    return str(MAC) if MAC.exists() else _playwrights()


def ensure() -> str:
    """Return the path of a Chromium, fetched if need be. Raises RuntimeError with the way out."""
    found = find()
    if found:
        return found
    print("Fetching a Chromium for the browser tests ...", flush=True)
    for fetch in (_by_playwright, _by_apt):
        fetch()
        found = find()
        if found:
            return found
    raise RuntimeError("No Chromium found. Install Chromium or Chrome, or set CHROME_PATH, and retry.")


def _playwrights() -> str | None:
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return None
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def _by_playwright() -> None:
    _try([sys.executable, "-m", "playwright", "install", "chromium"])
    if _playwrights() and _is_root():
        _try([sys.executable, "-m", "playwright", "install-deps", "chromium"])


def _by_apt() -> None:
    if not (_is_root() and shutil.which("apt-get")):
        return
    _try(["apt-get", "update", "-q"])
    # One by one: not every release has the shell.
    for name in (NAMES[0], SHELL):
        _try(["apt-get", "install", "-y", "-q", "--no-install-recommends", name])


def _is_root() -> bool:
    return os.getuid() == 0


def _try(command: list[str]) -> None:
    try:
        subprocess.run(command, timeout=FETCH_SECONDS, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    except (OSError, subprocess.TimeoutExpired):
        return


if __name__ == "__main__":
    try:
        print(f"Browser for the tests: {ensure()}", flush=True)
    except RuntimeError as error:
        sys.exit(str(error))
