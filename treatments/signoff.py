"""Sign-off: a fingerprint of what people read, and whether a named person stands behind exactly that.

Subjects are registered by the part of the site that owns them, so this module needs to know none of them:
pages and clinic facts here, the safety rules and critical translations elsewhere.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from treatments.models import SignOff


@dataclass(frozen=True)
class Subject:
    """Something to be signed: a key that never changes, words for staff, and its digest as of now."""

    key: str
    label: str
    digest: Callable[[], str]


_providers: list[Callable[[], Iterable[Subject]]] = []


def register(provider: Callable[[], Iterable[Subject]]) -> None:
    """Add a function that lists subjects; call it from an AppConfig's ready()."""
    if provider not in _providers:
        _providers.append(provider)


def subjects() -> list[Subject]:
    """Return everything that can be signed."""
    return [subject for provider in _providers for subject in provider()]


def digest(content: Any) -> str:
    """Return the SHA-256 of plain data (dicts, lists, texts, numbers, dates), as 64 hexadecimal digits."""
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
    return hashlib.sha256(canonical.encode()).hexdigest()


def newest(subject: str) -> SignOff | None:
    """Return the newest sign-off of a subject, whatever text it was given for."""
    return SignOff.objects.filter(subject=subject).first()


def is_signed(subject: str, digest: str) -> bool:
    """Whether the newest sign-off of the subject was given for exactly this digest."""
    signed = newest(subject)
    return bool(signed and signed.digest == digest)
