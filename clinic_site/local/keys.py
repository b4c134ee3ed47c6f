"""The secrets of one machine, made once."""

from __future__ import annotations

import base64
import json
import os
import secrets
from pathlib import Path


def load_or_make(path: Path) -> dict[str, str]:
    """Return the secrets kept in `path`, a file that its owner alone can read; make them the first time."""
    if path.exists():
        kept: dict[str, str] = json.loads(path.read_text())
        return kept
    made = {
        "SECRET_KEY": secrets.token_urlsafe(48),
        "SEAL_KEYS": f"k1:{_key()}",
        "SEARCH_KEY": _key(),
        "owner_password": secrets.token_urlsafe(24),
        "app_password": secrets.token_urlsafe(24),
    }
    # Written beside and renamed: a crash in between must not leave half the keys of somebody's data.
    fresh = path.with_suffix(".new")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump(made, file)
        file.flush()
        os.fsync(file.fileno())
    fresh.rename(path)
    return made


def _key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()
