"""Phone and e-mail as far as their owner needs to know them again, and nobody else can use them."""

from __future__ import annotations

from typing import Final

SHOWN_DIGITS: Final = 4


def mask(email: str) -> str:
    """Return an e-mail address that its owner knows again and nobody else can use: te…07@example.com."""
    name, at, host = email.rpartition("@")
    return f"{name[: len(name) // 4 or 1]}…{name[-2:] if len(name) > 5 else ''}{at}{host}" if at else ""


def last_digits(phone: str) -> str:
    """Return the last four digits of a number in E.164, its extension left out; "" for none."""
    return phone.partition(";")[0][-SHOWN_DIGITS:]
