"""The role groups and their rights in the admin, made after every migrate (a flush deletes them)."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig, apps

from booking.rules.roles import SEE_REQUESTS, STAFF, Role
from treatments.models.signoffs import SIGN_FACTS, SIGN_HEALTH, SIGN_SPANISH

WRITE_PAGES = frozenset({Role.EDITOR, Role.MANAGER})
# Who writes a page does not sign it: a clinician stands behind words about health, a manager behind the
# clinic's facts and, on a translator's word, behind its Spanish.
SIGNING = frozenset({"add_signoff", "view_signoff"})
SIGNED = frozenset({SIGN_HEALTH, SIGN_SPANISH, SIGN_FACTS})
SIGNS = {
    Role.CLINICIAN: SIGNING | {SIGN_HEALTH},
    Role.MANAGER: SIGNING | {SIGN_SPANISH, SIGN_FACTS},
}


def make_groups(app_config: AppConfig, **kwargs: Any) -> None:
    """Make one group a role: requests may be seen, pages edited; nothing of a request is ever deleted."""
    # Permissions of each app exist once its own post_migrate has run; booking comes after treatments.
    if app_config.label != "booking":
        return
    group_model = apps.get_model("auth", "Group")
    permissions = apps.get_model("auth", "Permission").objects
    content = permissions.filter(content_type__app_label="treatments")
    pages = content.exclude(codename__in=SIGNING | SIGNED)
    requests = permissions.filter(content_type__app_label="booking", codename__startswith="view_")
    for role in sorted(STAFF):
        group, _made = group_model.objects.get_or_create(name=role.value)
        signing = content.filter(codename__in=SIGNS.get(role, ()))
        rights = ((requests, SEE_REQUESTS), (pages, WRITE_PAGES), (signing, STAFF))
        group.permissions.set([right for granted, roles in rights if role in roles for right in granted])
