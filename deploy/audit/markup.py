"""HTML: the W3C's validator (vnu) on every page as the server sends it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

from deploy.audit.node import Missing, modules
from deploy.audit.pages import addresses, first_steps, read

PART = "HTML validator"
# Safari takes a list whose bullets a style removes for no list, unless the role says so.
DELIBERATE = ("The “list” role is unnecessary",)
SHOWN = 4


def audit(site: str, folder: Path) -> bool:
    """Validate all pages and print what is wrong. Return whether something is. Raises Missing."""
    java = shutil.which("java")
    if java is None:
        raise Missing(f"{PART}: Java is not installed.")
    jar = modules(PART, folder) / "vnu-jar" / "build" / "dist" / "vnu.jar"
    paths = [*addresses("everywhere"), "/admin/account/sign-in/"]
    pages = {**{path: read(site + path) for path in paths}, **first_steps(site)}
    files = _write(pages, folder / "pages")
    print(f"{PART}: {len(files)} pages ...", flush=True)
    command = [java, "-jar", str(jar), "--format", "json", "--stdout", "--exit-zero-always", *files]
    done = subprocess.run(command, capture_output=True, text=True)
    try:
        messages = json.loads(done.stdout)["messages"]
    except ValueError:
        raise Missing(f"{PART}: it did not run ({done.stderr.strip()[-200:]}).") from None
    places: dict[str, list[str]] = {}
    for one in filter(_counts, messages):
        place = f"{files[one['url'].removeprefix('file:')]} line {one.get('lastLine', '?')}"
        places.setdefault(one["message"], []).append(place)
    for message, where in places.items():
        print(f"  {message}\n    {len(where)} times: {'; '.join(where[:SHOWN])}")
    print(f"{PART}: {len(places)} findings.", flush=True)
    return bool(places)


def _counts(message: dict[str, str]) -> bool:
    is_fault = message["type"] != "info" or message.get("subType") == "warning"
    return is_fault and not message["message"].startswith(DELIBERATE)


def _write(pages: dict[str, str], folder: Path) -> dict[str, str]:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    files: dict[str, str] = {}
    for path, html in pages.items():
        file = folder.resolve() / (re.sub(r"[^a-z0-9]+", "-", path).strip("-") or "home")
        file = file.with_suffix(".html")
        file.write_text(html)
        files[str(file)] = path
    return files
