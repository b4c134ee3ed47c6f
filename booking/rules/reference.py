"""The reference of a request: ten characters that can be read out on the phone.

Crockford base32 (crockford.com/base32.html): no I, L, O or U. Nine random characters (45 bits) and a
check character, so that a slip of the tongue is noticed. Knowing a reference opens nothing.
"""

from __future__ import annotations

import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 10
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})


def new() -> str:
    """Return a fresh reference without the dash."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH - 1))
    return body + _check_character(body)


def parse(typed: str) -> str | None:
    """Return the reference somebody typed (any case, spaces, dashes), or None when it cannot be one."""
    text = "".join(typed.upper().split()).replace("-", "").translate(_READ_AS)
    if len(text) != LENGTH or any(character not in ALPHABET for character in text):
        return None
    return text if text[-1] == _check_character(text[:-1]) else None


def shown(reference: str) -> str:
    """Return the reference as people see it: XXXXX-XXXXX."""
    return f"{reference[:5]}-{reference[5:]}"


def _check_character(body: str) -> str:
    # Odd weights are invertible modulo 32, so every single wrong character changes the sum.
    total = sum((2 * place + 1) * ALPHABET.index(character) for place, character in enumerate(body))
    return ALPHABET[total % len(ALPHABET)]
