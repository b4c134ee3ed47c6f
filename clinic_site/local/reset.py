"""`make reset`: moves the data folder of `make run` aside, so that the next run starts anew."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from clinic_site.local.run import lock
from clinic_site.local.stack import ROOT, Stop


def move_aside(folder: Path) -> Path:
    """Rename the folder to one that carries the time, and return that one. Nothing is deleted.

    Raises Stop while a run holds the folder, or when it is not there or cannot be renamed.
    """
    if not folder.is_dir():
        raise Stop(f"There is no data in {folder}.")
    with lock(folder):
        aside = folder.with_name(f"{folder.name}-{time.strftime('%Y%m%d-%H%M%S')}")
        try:
            folder.rename(aside)
        except OSError as error:
            raise Stop(f"{folder} cannot be moved: {error.strerror}.") from error
    return aside


def main() -> int:
    """Move the folder of DATA_DIR. Return the exit code."""
    folder = (ROOT / (os.environ.get("DATA_DIR") or "var")).resolve()
    try:
        aside = move_aside(folder)
    except Stop as error:
        print(error, file=sys.stderr)
        return 1
    print(
        f"The data is in {aside} now. To have it back: end the run, and rename that folder to {folder.name}."
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
