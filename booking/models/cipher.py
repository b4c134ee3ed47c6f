"""The ciphers under seals and search hashes, for whoever has yet to prove the keys.

AES-256-GCM (NIST SP 800-38D) with a random 96-bit nonce. The associated data names table, row and
column, so that a sealed document moved to another place does not open. Opening fails closed.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

VERSION: Final = b"1"
NONCE_BYTES: Final = 12


class SealBroken(Exception):
    """A document does not open: wrong key, wrong place, changed bytes, or not what belongs there."""


def encrypt(plain: bytes, place: str, key_id: str) -> bytes:
    """Encrypt with the key of this id. `place` is "table:pk:column"."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    body = AESGCM(settings.SEAL_KEYS[key_id]).encrypt(nonce, plain, place.encode())
    return b"|".join((VERSION, key_id.encode(), nonce + body))


def decrypt(sealed: bytes | memoryview, place: str) -> bytes:
    """Decrypt with the key that the document names. Raises SealBroken."""
    try:
        version, key_id, body = bytes(sealed).split(b"|", 2)
        key = settings.SEAL_KEYS[key_id.decode()]
        if version != VERSION:
            raise SealBroken("unknown version")
        return AESGCM(key).decrypt(body[:NONCE_BYTES], body[NONCE_BYTES:], place.encode())
    except (ValueError, KeyError, InvalidTag) as error:
        # The cause would name the key; the place names the row.
        raise SealBroken(place) from error


def beginning(key_id: str) -> bytes:
    """Return the bytes that every document of this key begins with."""
    return VERSION + b"|" + key_id.encode() + b"|"


def digest(kind: str, value: str) -> int:
    """Return a keyed 64-bit hash of a value."""
    found = hmac.digest(settings.SEARCH_KEY, f"{kind}:{value}".encode(), hashlib.sha256)
    return int.from_bytes(found[:8], "big", signed=True)
