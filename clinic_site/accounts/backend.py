"""How Django asks what somebody may do: of what was read of them once."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.models import User

from booking.admin.base.rights import rights_of


class RolesBackend(AuthenticationBackend):  # type: ignore[misc]  # allauth has no types
    """Signs in as django-allauth does. Roles and permissions are one query, not one for each kind."""

    def get_user(self, user_id: int) -> User | None:
        """Return who is signed in, with their preferences, which every page asks for."""
        user = User.objects.select_related("preferences").filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None

    def get_user_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        """Return what the person alone was given."""
        if _asks_django(user_obj, obj):
            return set(super().get_user_permissions(user_obj, obj))
        return set(rights_of(user_obj).alone)

    def get_group_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        """Return what comes with the person's roles."""
        if _asks_django(user_obj, obj):
            return set(super().get_group_permissions(user_obj, obj))
        return set(rights_of(user_obj).by_role)


def _asks_django(user: Any, obj: Any) -> bool:
    """Return whether Django knows without a query, or must list every permission there is."""
    return bool(obj is not None or user.is_anonymous or not user.is_active or user.is_superuser)
