"""Private links: how their tokens are made, how long they open something, and how often one may guess.

OWASP Application Security Verification Standard 5.0, 7.2.3: at least 128 bits from a secure source. A hash
is stored, never the token; a value of 256 random bits needs neither salt nor a slow hash.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from datetime import datetime, timedelta
from typing import Final

TOKEN_BYTES: Final = 32
SHAPE: Final = re.compile(r"[A-Za-z0-9_-]{43}")

LINK_KEPT: Final = timedelta(days=90)
# A link that told about a visit outlives it by this, and every link the end of its request.
KEPT_AFTER: Final = timedelta(days=14)

# Wrong birth dates: after each five the link rests, after fifteen it opens nothing ever again.
TRIES: Final = 5
TRIES_EVER: Final = 15
REST: Final = timedelta(hours=1)
# WCAG 2.2, 2.2.1: each page that is opened starts the time anew.
OPEN_FOR: Final = timedelta(minutes=15)

RENEWAL_PAUSE: Final = timedelta(minutes=15)
RENEWALS_A_DAY: Final = 4


def make_token() -> str:
    """Return 256 random bits as 43 characters that are safe in an address."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def hash_token(token: str) -> bytes:
    """Return what is stored of a token."""
    return hashlib.sha256(token.encode()).digest()


def looks_like_token(text: str) -> bool:
    """Return whether a text can be a token at all."""
    return SHAPE.fullmatch(text) is not None


def link_expires(now: datetime, visit_ends: datetime | None = None) -> datetime:
    """Return when a link made now stops to open: 90 days on, or two weeks after the visit it is about."""
    expires = now + LINK_KEPT
    return max(expires, visit_ends + KEPT_AFTER) if visit_ends else expires


def tries_left(wrong: int) -> int:
    """Return how many birth dates may be tried before the link rests."""
    return TRIES - wrong % TRIES
