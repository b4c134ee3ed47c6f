"""What tells a machine, or a prank, from a patient. A sign moves a request to a list of its own, no more.

The figures are ours: roomy enough for a clinic's or a library's shared address, tight enough for a script.
OWASP ASVS 5.0, 2.4.1 (anti-automation) asks for limits on costly steps.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Verdict(Enum):
    """What one more request meets."""

    GO = "go"
    ASK = "ask for the code sent by e-mail"
    REFUSE = "refuse for now, with the phone number"


@dataclass(frozen=True)
class Limit:
    """Up to `soft` in a window go on; up to `hard` are asked for a code; more are refused."""

    scope: str
    soft: int
    hard: int
    window: timedelta

    def verdict(self, count: int) -> Verdict:
        """Judge the `count`-th one in a window, itself included."""
        if count > self.hard:
            return Verdict.REFUSE
        return Verdict.ASK if count > self.soft else Verdict.GO


PER_ADDRESS: Final = Limit("address", soft=6, hard=40, window=timedelta(hours=1))
PER_EMAIL: Final = Limit("email", soft=2, hard=8, window=timedelta(days=1))
DRAFTS_PER_ADDRESS: Final = Limit("draft", soft=200, hard=200, window=timedelta(hours=1))
LINKS_PER_ADDRESS: Final = Limit("link", soft=20, hard=20, window=timedelta(hours=1))
BIRTH_DATES_PER_ADDRESS: Final = Limit("born", soft=60, hard=60, window=timedelta(hours=1))
CODES_PER_EMAIL: Final = Limit("code", soft=4, hard=4, window=timedelta(days=1))

# Nobody reads six pages in less.
FASTEST: Final = timedelta(seconds=3)
CODE_DIGITS: Final = 6
CODE_HOLDS: Final = timedelta(minutes=15)
CODE_TRIES: Final = 5
# A field that people neither see nor hear; the name is one that scripts like to fill.
HONEYPOT: Final = "website"
SUSPECT: Final = "suspect"


class Sign(TextChoices):
    """Why a request is looked at before it counts as one."""

    HONEYPOT = "honeypot", _("A field that people cannot see was filled")
    TOO_FAST = "too-fast", _("All pages were answered within seconds")
    MANY = "many", _("Many requests came from there, and the e-mail address was not confirmed")
