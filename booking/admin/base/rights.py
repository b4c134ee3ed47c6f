"""What somebody may do, read once: the roles that they hold, and the permissions of Django's admin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from django.contrib.auth.models import User
from django.db.models import Value


@dataclass(frozen=True)
class Rights:
    """Names of roles; permissions as "app.codename", those that come with a role and those given alone."""

    roles: frozenset[str]
    by_role: frozenset[str]
    alone: frozenset[str]


def rights_of(user: User) -> Rights:
    """Return the rights of a person: one query for as long as the object lives, that is one HTTP request."""
    if not hasattr(user, "rights"):
        user.rights = _read(user)  # type: ignore[attr-defined]
    return cast("Rights", user.rights)  # type: ignore[attr-defined]


def _read(user: User) -> Rights:
    of = "permissions__content_type__app_label", "permissions__codename"
    own = user.user_permissions.order_by().values_list(Value(""), "content_type__app_label", "codename")
    found = list(user.groups.values_list("name", *of).union(own, all=True))
    permissions = [(name, f"{app}.{codename}") for name, app, codename in found if codename]
    return Rights(
        frozenset(name for name, _app, _codename in found if name),
        frozenset(permission for name, permission in permissions if name),
        frozenset(permission for name, permission in permissions if not name),
    )
