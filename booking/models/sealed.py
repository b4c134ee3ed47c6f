"""Sealed documents and keyed search hashes, with keys that are proved to be this database's.

Nothing is sealed, opened or looked for with others, by whatever way it is asked for: what they seal nobody
could open, and nobody would be found.
"""

from __future__ import annotations

from django.conf import settings

from booking.models.cipher import SealBroken, decrypt, digest, encrypt
from booking.models.key_check import doubt_proof, require_proof

__all__ = ["SealBroken", "keyed_hash", "seal", "unseal"]


def seal(plain: bytes, place: str) -> bytes:
    """Encrypt with the newest key. `place` is "table:pk:column". Raises KeysNotProved."""
    require_proof()
    return encrypt(plain, place, next(iter(settings.SEAL_KEYS)))


def unseal(sealed: bytes | memoryview, place: str) -> bytes:
    """Decrypt with the key that the document names. Raises SealBroken, or KeysNotProved."""
    require_proof()
    try:
        return decrypt(sealed, place)
    except SealBroken:
        # This row alone may be broken, or the database is another one by now.
        doubt_proof()
        raise


def keyed_hash(kind: str, value: str) -> int:
    """Return a keyed 64-bit hash of a value, for equality search without the value. Raises KeysNotProved."""
    require_proof()
    return digest(kind, value)
