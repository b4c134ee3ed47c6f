"""Who somebody is, read once a page: groups and permissions, whichever way they were given."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import RequestFactory

from booking.admin.door import actor_of
from booking.rules.roles import Role
from tests.factories import make_staff

pytestmark = pytest.mark.django_db


def test_roles_and_both_kinds_of_permission_come_in_one_query(rf: RequestFactory, django_assert_num_queries):
    staff, reviewers = make_staff(Role.NURSE), Group.objects.create(name="Reviewers")
    view, change, delete = (
        Permission.objects.get(codename=f"{what}_condition") for what in ("view", "change", "delete")
    )
    staff.user_permissions.add(view)
    reviewers.permissions.add(change)
    staff.groups.add(reviewers)
    http = rf.get("/admin/")
    http.user = User.objects.get(pk=staff.pk)
    with django_assert_num_queries(1):
        assert actor_of(http).roles == {Role.NURSE}
        assert http.user.has_perms([f"treatments.{one.codename}" for one in (view, change)])
        assert not http.user.has_perm(f"treatments.{delete.codename}")
