"""Who looked at a request: looks of the same kind in a row as one line, none left out of the count."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.utils import timezone

from booking.admin.base.words import staff_name
from booking.models import AccessLog


@dataclass(frozen=True)
class AccessLine:
    """What somebody did `times` times in a row, first and last."""

    who: str
    what: str
    times: int
    first: datetime
    last: datetime


def access_lines(looks: Iterable[AccessLog]) -> list[AccessLine]:
    """Return looks, latest first, those of one person of one kind on one day together; users loaded."""
    rows = []
    for (_user, _look, _day), found in groupby(looks, key=_alike):
        group = list(found)
        latest, first = group[0], group[-1]
        rows.append(
            AccessLine(staff_name(latest.user), latest.get_look_display(), len(group), first.at, latest.at)
        )
    return rows


def _alike(look: AccessLog) -> tuple[int | None, str, date]:
    return look.user_id, look.look, timezone.localtime(look.at).date()
