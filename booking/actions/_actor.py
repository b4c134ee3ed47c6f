"""Who acts: a patient, the system, or a member of staff with roles."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from booking.rules.roles import STAFF, Role

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@dataclass(frozen=True)
class Actor:
    """Somebody in their roles. `user` is set for staff alone."""

    roles: frozenset[Role]
    user: User | None = None

    @classmethod
    def patient(cls) -> Self:
        """The person who asks."""
        return cls(frozenset({Role.PATIENT}))

    @classmethod
    def system(cls) -> Self:
        """A job of our own."""
        return cls(frozenset({Role.SYSTEM}))

    @classmethod
    def staff(cls, user: User, groups: Collection[str] | None = None) -> Self:
        """A member of staff, with the roles of their groups, read unless given. Inactive users have none."""
        if not (user.is_active and user.is_staff):
            return cls(frozenset(), user)
        if user.is_superuser:
            return cls(STAFF, user)
        names = set(user.groups.values_list("name", flat=True)) if groups is None else groups
        return cls(frozenset(role for role in STAFF if role.value in names), user)

    @property
    def name_for_event(self) -> str:
        """What an event keeps of an actor that is not staff."""
        return "" if self.user else next(iter(self.roles)).value
