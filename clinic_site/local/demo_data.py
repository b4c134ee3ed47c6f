"""`make demo-data`: fictional requests for the database of `make run`, while it runs."""

from __future__ import annotations

import sys

from clinic_site.local.command import run

if __name__ == "__main__":
    sys.exit(run("demo_data"))
