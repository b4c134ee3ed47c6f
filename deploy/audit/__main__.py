"""`make audit`: what needs Java, Node or much time. Says aloud what it skipped, and why.

Starts the product on its own data folder (var/audit), unless AUDIT_SITE names a running one.
Exit code 1 when something was found; what was skipped does not fail it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from clinic_site.local import browser
from deploy.audit import lighthouse, markup
from deploy.audit.node import Missing
from deploy.audit.site import serving

FOLDER = Path("var") / "audit"
GRID = ["-m", "pytest", "tests/journeys/audit_grid.py", "-q", "-p", "no:cacheprovider", "-n", "2"]


def main() -> int:
    """Run the three parts. Return the exit code."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    found, skipped = False, list[str]()
    with serving(FOLDER) as site:
        for part in (markup.audit, lighthouse.audit):
            try:
                found |= part(site, FOLDER)
            except Missing as missing:
                skipped.append(str(missing))
    try:
        os.environ["CHROME_PATH"] = browser.ensure()
        print("Accessibility grid: every public page and step at five widths ...", flush=True)
        found |= bool(subprocess.run([sys.executable, *GRID]).returncode)
    except RuntimeError as missing:
        skipped.append(f"accessibility grid: {missing}")
    for reason in skipped:
        print(f"SKIPPED {reason}", flush=True)
    print("Findings above." if found else "No findings in what ran.", flush=True)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
