"""Who may sign what, by role."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, User

from booking.rules.roles import STAFF, Role

pytestmark = pytest.mark.django_db

SIGNING = {
    Role.CLINICIAN: {"add_signoff", "view_signoff", "sign_health"},
    Role.MANAGER: {"add_signoff", "view_signoff", "sign_facts", "sign_spanish"},
}


@pytest.mark.parametrize("role", sorted(STAFF))
def test_clinicians_sign_health_and_managers_facts_and_spanish_and_nobody_else(role):
    user = User.objects.create_user("somebody", is_staff=True)
    user.groups.add(Group.objects.get(name=role.value))
    rights = {right.removeprefix("treatments.") for right in user.get_all_permissions()}
    signing = {right for right in rights if right.startswith("sign_") or right.endswith("signoff")}
    assert signing == SIGNING.get(role, set())
