"""Slips in the host of an e-mail address: what was probably meant. A guess, so it never stands in the way."""

from __future__ import annotations

from typing import Final

# Hosts that many patients have. A slip is looked for near these alone.
COMMON: Final = (
    "gmail.com", "yahoo.com", "hotmail.com", "outlook.com", "icloud.com", "aol.com", "comcast.net", "cox.net",
    "live.com", "msn.com", "verizon.net", "sbcglobal.net", "protonmail.com", "bellsouth.net", "yahoo.com.mx",
    "hotmail.com.mx", "centurylink.net",
)  # fmt: skip
# Real hosts that lie close to a common one, or are too short to tell a slip from a name.
_REAL: Final = """
    mail.com email.com ymail.com gmx.com gmx.net me.com mac.com att.net q.com ml.com aim.com fox.com box.net
    cox.com love.com hotmail.es hotmail.fr hotmail.it hotmail.co.uk yahoo.es yahoo.ca yahoo.fr yahoo.co.uk
    outlook.es outlook.fr outlook.it live.ca live.nl live.com.mx aol.de
"""
REAL: Final = frozenset(_REAL.split())
SLIPS: Final = 2
LETTERS_A_SLIP: Final = 3


def did_you_mean(email: str) -> str:
    """Return the address that was probably meant, or "" when nothing looks like a slip.

    At most one slip for every three letters before the last dot, and two in all; a slip is a letter too many,
    too few, wrong, or two that changed places (optimal string alignment distance).
    """
    name, at, host = email.rpartition("@")
    host = host.lower()
    if not at or host in COMMON or host in REAL or len(host) > 30:
        return ""
    distance, meant = min((_slips(host, known), known) for known in COMMON)
    most = min(SLIPS, len(meant.partition(".")[0]) // LETTERS_A_SLIP)
    return f"{name}@{meant}" if distance <= max(most, 1) else ""


def _slips(typed: str, meant: str) -> int:
    before: list[int] = []
    row = list(range(len(meant) + 1))
    for i, letter in enumerate(typed, 1):
        earlier, before, row = before, row, [i]
        for j, other in enumerate(meant, 1):
            slips = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == meant[j - 2] and typed[i - 2] == other:
                slips = min(slips, earlier[j - 2] + 1)
            row.append(slips)
    return row[-1]
