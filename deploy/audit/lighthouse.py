"""Lighthouse, mobile, on the pages that matter most."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

from clinic_site.local import browser
from deploy.audit.node import Missing, modules

PART = "Lighthouse"
PAGES = ("/", "/conditions/migraine/", "/botox/", "/consultation/")
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
# Performance depends on what else the machine does: it is shown, and what lowers it, but fails nothing.
LEAST = {"performance": 90, "accessibility": 100, "best-practices": 100, "seo": 100}
# Private on purpose: the request form is not for search engines.
NOT_FOR_SEARCH = "/consultation/"


def audit(site: str, folder: Path) -> bool:
    """Print the scores and what lowers them. Return whether one is too low. Raises Missing."""
    program = modules(PART, folder) / ".bin" / "lighthouse"
    chrome = browser.find()
    if chrome is None:
        raise Missing(f"{PART}: no Chromium on this machine.")
    print(f"{PART} (mobile): {', '.join(CATEGORIES)}", flush=True)
    found = False
    for path in PAGES:
        try:
            report = _report([str(program), site + path], folder / "lighthouse.json", chrome)
        except Missing as missing:
            print(f"SKIPPED {missing}", flush=True)
            continue
        found |= _print(path, report)
    return found


def _report(command: list[str], file: Path, chrome: str) -> dict[str, dict]:  # type: ignore[type-arg]
    flags = "--chrome-flags=--headless=new --no-sandbox"
    done = subprocess.run(
        [*command, "--quiet", "--output=json", f"--output-path={file}", flags],
        env={**os.environ, "CHROME_PATH": chrome},
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise Missing(f"{PART} on {command[1]}: it did not run ({done.stderr.strip()[-200:]}).")
    report: dict[str, dict] = json.loads(file.read_text())  # type: ignore[type-arg]
    return report


def _print(path: str, report: dict[str, dict]) -> bool:  # type: ignore[type-arg]
    scores = {name: round(100 * (report["categories"][name]["score"] or 0)) for name in CATEGORIES}
    low = [name for name in CATEGORIES if scores[name] < LEAST[name]]
    if path == NOT_FOR_SEARCH and "seo" in low:
        low.remove("seo")
    print(f"  {path:28}" + "  ".join(f"{scores[name]:3}" for name in CATEGORIES), flush=True)
    for name in low:
        for one in report["categories"][name]["auditRefs"]:
            result = report["audits"][one["id"]]
            if one["weight"] and result["score"] is not None and result["score"] < 0.9:
                print(f"    {name}: {result['title']} {result.get('displayValue', '')}")
    return bool(set(low) - {"performance"})
