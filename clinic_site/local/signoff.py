"""`make signoff`: one sheet with everything that people must sign, from the database of `make run`."""

from __future__ import annotations

import sys

from clinic_site.local.command import run

if __name__ == "__main__":
    sys.exit(run("signoff_sheet"))
