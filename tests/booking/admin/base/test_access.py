"""Who somebody is, read once a page: groups and permissions, whichever way they were given."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core.exceptions import PermissionDenied
from django.test import RequestFactory

from booking.admin.base.access import actor_of, record_many, record_refusal
from booking.models import AccessLog
from booking.models.access import Look
from booking.rules.roles import Role
from tests.factories import make_request, make_staff

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


def test_a_refused_look_at_many_is_on_record_once(rf: RequestFactory) -> None:
    http = rf.get("/admin/")
    http.user = make_staff(Role.EDITOR)
    with pytest.raises(PermissionDenied):
        record_many(http, Look.VIEW, [make_request().pk])
    record_refusal(http)
    assert [row.look for row in AccessLog.objects.filter(user=http.user)] == [Look.DENIED]
