"""What a list of requests was narrowed by, in words: the selects, what stands in them, the heading."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.contrib.auth.models import User
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from booking.admin.base.words import staff_name
from booking.admin.lists.filters import CHOICES, MINE, NOBODY, SHOWN, Filters
from booking.models.rows import rows_as

SELDOM: Final = ("flag", "language", "age")
Choices = tuple[tuple[str, Any], ...]


@dataclass(frozen=True)
class Select:
    """One select of the filters; `any` is what it says while nothing is chosen."""

    name: str
    title: str
    any: str
    choices: Choices
    value: str

    @property
    def seldom(self) -> bool:
        """Whether few look for it: such selects are folded away, and a chip tells what is chosen in them."""
        return self.name in SELDOM


@dataclass(frozen=True)
class Chip:
    """One choice in words, and the address of the list without it."""

    label: str
    without: str


def whose(colleagues: str | None) -> Choices:
    """Return who can look after a request, from the rows of `counts.count`."""
    names = tuple((str(user.pk), staff_name(user)) for user in rows_as(User, colleagues))
    return ((MINE, _("Me")), (NOBODY, _("Nobody")), *names)


def selects(filters: Filters, who: Choices) -> list[Select]:
    """Return the selects with what is chosen in them."""
    kinds = {**CHOICES, "who": (_("Assigned"), who)}
    return [
        Select(name, title, _("Open") if name == "status" else _("Any"), choices, getattr(filters, name))
        for name, (title, choices) in kinds.items()
    ]


def chips(filters: Filters, who: Choices) -> list[Chip]:
    """Return what was chosen; tabs and tiles show their own."""
    known = {**{name: choices for name, (_title, choices) in CHOICES.items()}, "show": tuple(SHOWN.items())}
    if filters.who not in {MINE, NOBODY}:
        known["who"] = who
    chosen = [
        (name, label)
        for name, choices in known.items()
        for code, label in choices
        if code == getattr(filters, name)
    ]
    if filters.until:
        day = date_format(filters.last_day, "l, F j, Y")
        chosen.append(("until", _("Finished by %(day)s") % {"day": day}))
    return [Chip(label, filters.address(**{name: ""})) for name, label in chosen]


def heading(filters: Filters) -> str:
    """Return what stands over the list."""
    if filters.find:
        return _("Search results")
    if filters.finished:
        return _("Finished requests")
    if filters.who in {MINE, NOBODY}:
        return _("My requests") if filters.who == MINE else _("Unassigned requests")
    return str(SHOWN.get(filters.show, _("What needs me now")))
