"""Reading the environment strictly: a missing variable stops the start and names the remedy."""

from __future__ import annotations

import base64
import binascii
import re
from itertools import pairwise
from typing import Any
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured
from environ.fileaware_mapping import FileAwareMapping

HOW = "See the table of variables under Configuration in README.md."
KEY_BYTES = 32
# Different bytes among the 32 of a key, and among the steps from each to the next: some 30 are usual.
FEWEST_BYTES = 18
# Stands in every document, between bars.
KEY_ID = re.compile(r"[A-Za-z0-9._-]{1,32}")
SHORTEST_SIGNING_KEY = 50
# Different ones: of the 16 that hexadecimal digits are, 50 random ones show some 15.
FEWEST_CHARACTERS = 10
# What `startproject` writes, and check --deploy refuses.
MADE_FOR_DEVELOPMENT = "django-insecure-"

# NAME may be given as NAME_FILE, the path of a file that holds the value (mounted secrets).
_environment = environ.FileAwareEnv()
# Each is asked for once; a cache would only tell what a file held that is named no more.
_environment.ENVIRON = FileAwareMapping(cache=False)


def required(name: str) -> str:
    """Return a variable that has no default. Raises ImproperlyConfigured when it is missing or empty."""
    value = optional(name)
    if not value:
        raise ImproperlyConfigured(f"Set {name}, or {name}_FILE to a file that holds it. {HOW}")
    return value


def optional(name: str, default: str = "") -> str:
    """Return a variable, stripped, or the default."""
    return str(_environment.str(name, default=default)).strip()


def boolean(name: str) -> bool:
    """Return True for 1 and False for 0 or nothing; other words are refused, so that a typo is seen."""
    value = optional(name, "0")
    if value not in ("0", "1"):
        raise ImproperlyConfigured(f"{name} must be 0 or 1. {HOW}")
    return value == "1"


def whole_number(name: str, default: int) -> int:
    """Return a whole number of zero or more."""
    value = optional(name, str(default))
    if not (value.isascii() and value.isdigit()):
        raise ImproperlyConfigured(f"{name} must be a whole number. {HOW}")
    return int(value)


def postgres(name: str) -> dict[str, Any]:
    """Return Django's database settings for a postgres:// address."""
    config: dict[str, Any] = dict(_environment.db_url_config(required(name)))
    if config.get("ENGINE") != "django.db.backends.postgresql":
        raise ImproperlyConfigured(f"{name} must start with postgres://. {HOW}")
    return config


def mail(url_name: str, folder_name: str) -> dict[str, Any]:
    """Return Django's mail settings: an SMTP address, or else a folder that takes the mail as files."""
    if optional(url_name):
        return dict(_environment.email_url_config(required(url_name)))
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        "EMAIL_FILE_PATH": required(folder_name),
    }


def site_url() -> str:
    """Return SITE_URL without a trailing slash, for example https://clinic.example."""
    url = required("SITE_URL").rstrip("/")
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path:
        raise ImproperlyConfigured(f"SITE_URL must look like https://clinic.example. {HOW}")
    return url


def keys(name: str) -> dict[str, bytes]:
    """Return the keys of a variable `id:base64 id:base64`, newest first; each key is 32 bytes.

    The newest must be strong. Older ones are taken as they are (clinic.W003), for what they sealed is not
    sealed anew.
    """
    pairs = [entry.partition(":") for entry in required(name).split()]
    newest, *older = (key_id for key_id, _, _encoded in pairs)
    # One with a bar never opened a document.
    if newest in older or len(set(older)) < len(older) or any("|" in key_id for key_id in older):
        raise ImproperlyConfigured(f"{name} must give each key an id of its own: k2:... k1:... {HOW}")
    if not KEY_ID.fullmatch(newest):
        raise ImproperlyConfigured(
            f"{name} must give its newest key an id like k2, at most 32 letters. {HOW}"
        )
    found = {key_id: _decode(name, encoded) for key_id, _, encoded in pairs}
    _require_strength(name, found[newest])
    return found


def key(name: str) -> bytes:
    """Return one strong key of 32 bytes, written in base64."""
    found = _decode(name, required(name))
    _require_strength(name, found)
    return found


def is_strong(key_id: str, raw: bytes) -> bool:
    """Return whether a key might be the newest one."""
    return bool(KEY_ID.fullmatch(key_id)) and not _is_no_chance(raw)


def signing_key(name: str) -> str:
    """Return a key of 50 characters or more, as Django asks for (security.W009), that nobody could guess."""
    value = required(name)
    weak = len(set(value)) < FEWEST_CHARACTERS or value.startswith(MADE_FOR_DEVELOPMENT)
    if weak or len(value) < SHORTEST_SIGNING_KEY:
        raise ImproperlyConfigured(f"{name} must be {SHORTEST_SIGNING_KEY} random characters or more. {HOW}")
    return value


def _decode(name: str, encoded: str) -> bytes:
    try:
        raw = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        raw = b""
    if len(raw) != KEY_BYTES:
        raise ImproperlyConfigured(f"{name} must hold keys of {KEY_BYTES} bytes in base64. {HOW}")
    return raw


def _require_strength(name: str, raw: bytes) -> None:
    if _is_no_chance(raw):
        raise ImproperlyConfigured(
            f"{name} holds a key that is not random. openssl rand -base64 32 makes one."
        )


def _is_no_chance(raw: bytes) -> bool:
    """Return whether a key repeats or counts, as no random one does (less often than once in 10**10)."""
    steps = bytes((b - a) % 256 for a, b in pairwise(raw))
    return min(len(set(raw)), len(set(steps))) < FEWEST_BYTES
