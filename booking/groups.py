"""The role groups and their rights in the admin, made after every migrate (a flush deletes them)."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig, apps

from booking.rules.roles import SEE_REQUESTS, STAFF, Role

WRITE_PAGES = frozenset({Role.EDITOR, Role.MANAGER})


def make_groups(app_config: AppConfig, **kwargs: Any) -> None:
    """Make one group a role: requests may be seen, pages edited; nothing of a request is ever deleted."""
    # Permissions of each app exist once its own post_migrate has run; booking comes after treatments.
    if app_config.label != "booking":
        return
    group_model = apps.get_model("auth", "Group")
    permission = apps.get_model("auth", "Permission")
    pages = permission.objects.filter(content_type__app_label="treatments")
    requests = permission.objects.filter(content_type__app_label="booking", codename__startswith="view_")
    for role in sorted(STAFF):
        group, _made = group_model.objects.get_or_create(name=role.value)
        granted = requests if role in SEE_REQUESTS else permission.objects.none()
        group.permissions.set([*granted, *(pages if role in WRITE_PAGES else ())])
