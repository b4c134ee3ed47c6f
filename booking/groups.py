"""The role groups and their rights in the admin, made after every migrate (a flush deletes them)."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig, apps

from booking.rules.roles import SEE_REQUESTS, STAFF, Role

WRITE_PAGES = frozenset({Role.EDITOR, Role.MANAGER})
# Who writes a page does not sign it: a clinician stands behind words about health, a manager behind facts.
SIGN = frozenset({Role.CLINICIAN, Role.MANAGER})
SIGNING = ("add_signoff", "view_signoff")


def make_groups(app_config: AppConfig, **kwargs: Any) -> None:
    """Make one group a role: requests may be seen, pages edited; nothing of a request is ever deleted."""
    # Permissions of each app exist once its own post_migrate has run; booking comes after treatments.
    if app_config.label != "booking":
        return
    group_model = apps.get_model("auth", "Group")
    permissions = apps.get_model("auth", "Permission").objects
    content = permissions.filter(content_type__app_label="treatments")
    signing = content.filter(codename__in=SIGNING)
    pages = content.exclude(codename__in=SIGNING)
    requests = permissions.filter(content_type__app_label="booking", codename__startswith="view_")
    for role in sorted(STAFF):
        group, _made = group_model.objects.get_or_create(name=role.value)
        rights = ((requests, SEE_REQUESTS), (pages, WRITE_PAGES), (signing, SIGN))
        group.permissions.set([right for granted, roles in rights if role in roles for right in granted])
