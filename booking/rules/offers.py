"""Offers of times: how many at once, how long they are held, and when we warn."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final

from django.utils.translation import gettext as _

from booking.rules.errors import NotPossible
from booking.rules.free_times import Span
from booking.rules.reply_by import Calendar, reply_by

MAX_OFFERED: Final = 5
# A time that begins sooner is agreed on the phone.
SOONEST: Final = timedelta(hours=6)
# What staff may choose: held until the clinic closes on the first, second ... business day from now.
HOLD_DAYS: Final = (1, 2, 3, 5)
USUAL_HOLD_DAYS: Final = 2
BEFORE_FIRST: Final = timedelta(hours=4)
WARN_BEFORE: Final = timedelta(hours=20)
# No warning for an offer that is shorter: its message has only just come.
WARN_ONLY_IF_HELD: Final = timedelta(hours=26)


def check_offer(chosen: Sequence[tuple[int, Span]]) -> None:
    """Raise NotPossible for none, too many, or overlapping times; each with the id of its clinician."""
    if not 1 <= len(chosen) <= MAX_OFFERED:
        raise NotPossible(_("Choose one to %(most)d times.") % {"most": MAX_OFFERED})
    for (whose, before), (others, after) in pairwise(sorted(chosen)):
        if whose == others and before.meets(after):
            minutes = (before.ends_at - before.starts_at) // timedelta(minutes=1)
            raise NotPossible(
                _("Two of these times overlap: visits of this type last %(minutes)d minutes. Take one away.")
                % {"minutes": minutes}
            )


def held_until(now: datetime, starts: Sequence[datetime], calendar: Calendar, business_days: int) -> datetime:
    """Return when an offer lapses: on a business day at closing, and well before the first time begins."""
    return min(reply_by(now, calendar, business_days), min(starts) - BEFORE_FIRST)


def is_warned_of(offered: datetime, until: datetime) -> bool:
    """Return whether to warn, WARN_BEFORE its end, that an offer runs out: not of a short one."""
    return until - offered >= WARN_ONLY_IF_HELD
