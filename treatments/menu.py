"""What menus and footers link to: published pages alone, and every condition that has one."""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import dataclass

from django.db import Error

from treatments.models import Condition, Page
from treatments.models.pages import Kind

FRESH_SECONDS = 4


@dataclass(frozen=True)
class Menu:
    """The keys of the published pages (None: not known), and the conditions among them in order."""

    keys: frozenset[str] | None = None
    conditions: tuple[Condition, ...] = ()

    def links_to(self, key: str) -> bool:
        """Return whether to link a page. Not knowing is no reason to hide it: nginx may still have it."""
        return self.keys is None or key in self.keys


_known: tuple[float, Menu] | None = None


def menu() -> Menu:
    """Return what is published, at most four seconds old while the database answers, else `last_known`."""
    global _known
    if _known and time.monotonic() - _known[0] < FRESH_SECONDS:
        return _known[1]
    with suppress(Error):
        _known = (time.monotonic(), _read())
    return last_known()


def last_known() -> Menu:
    """Return what this process read last. Asks nobody."""
    return _known[1] if _known else Menu()


def forget() -> None:
    """Read the database again at the next call: after a change, and between tests."""
    global _known
    _known = None


def _read() -> Menu:
    keys = frozenset(Page.objects.published().values_list("key", flat=True))
    conditions = Condition.objects.filter(page__in=Page.objects.published().filter(kind=Kind.CONDITION))
    return Menu(keys, tuple(conditions))
