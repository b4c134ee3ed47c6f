"""What menus and footers link to: published pages alone, and every condition that has one."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import Error

from treatments.models import Condition, Page
from treatments.models.pages import Kind
from treatments.timed_cache import TimedCache


@dataclass(frozen=True)
class Menu:
    """The keys of the published pages (None: not known), and the conditions among them in order."""

    keys: frozenset[str] | None = None
    conditions: tuple[Condition, ...] = ()

    def links_to(self, key: str) -> bool:
        """Return whether to link a page. Not knowing is no reason to hide it: nginx may still have it."""
        return self.keys is None or key in self.keys


def menu() -> Menu:
    """Return what is published, at most four seconds old while the database answers, else `last_known`."""
    return _menu.get()


def last_known() -> Menu:
    """Return what this process read last. Asks nobody."""
    return _menu.last() or Menu()


def forget() -> None:
    """Read the database again at the next call: after a change, and between tests."""
    _menu.forget()


def read() -> Menu:
    """Return what is published now. Raises django.db.Error when the database does not answer."""
    keys = frozenset(Page.objects.published().values_list("key", flat=True))
    conditions = Condition.objects.filter(page__in=Page.objects.published().filter(kind=Kind.CONDITION))
    return Menu(keys, tuple(conditions))


def _read_or_last_known() -> Menu:
    try:
        return read()
    except Error:
        return last_known()


_menu = TimedCache(_read_or_last_known)
