"""The last known clinic facts, in memory and in a file, for pages shown while the database is down."""

from __future__ import annotations

import datetime as dt
import json
import logging
import os
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings

from treatments.clinic.facts import ClinicFacts, Closed, Hours

logger = logging.getLogger(__name__)

_kept: ClinicFacts | None = None


def keep(facts: ClinicFacts) -> None:
    """Remember the facts here, and in the file at CLINIC_SNAPSHOT_PATH when they changed."""
    global _kept
    if facts == _kept:
        return
    _kept = facts
    if settings.CLINIC_SNAPSHOT_PATH:
        try:
            _write(Path(settings.CLINIC_SNAPSHOT_PATH), json.dumps(asdict(facts), default=_iso))
        except OSError as error:
            logger.warning("The clinic snapshot could not be written: %s", type(error).__name__)


def latest() -> ClinicFacts | None:
    """Return the facts last kept by this process, else those in the file, else None. Raises nothing."""
    if _kept or not settings.CLINIC_SNAPSHOT_PATH:
        return _kept
    try:
        return _load(json.loads(Path(settings.CLINIC_SNAPSHOT_PATH).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError, KeyError):
        return None


def forget() -> None:
    """Drop what this process remembers; the file stays. For tests."""
    global _kept
    _kept = None


def _write(path: Path, text: str) -> None:
    """Put the text in place in one step, so that a reader never meets half a file."""
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        os.replace(name, path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def _load(data: dict[str, Any]) -> ClinicFacts:
    return ClinicFacts(
        **{
            **data,
            "street_lines": tuple(data["street_lines"]),
            "opening_hours": tuple(
                Hours(
                    one["weekday"], dt.time.fromisoformat(one["opens"]), dt.time.fromisoformat(one["closes"])
                )
                for one in data["opening_hours"]
            ),
            "closures": tuple(
                Closed(
                    dt.date.fromisoformat(one["starts_on"]),
                    dt.date.fromisoformat(one["ends_on"]),
                    one["reason"],
                )
                for one in data["closures"]
            ),
        }
    )


def _iso(value: dt.time | dt.date) -> str:
    return value.isoformat()
