"""Roles and permissions of a person: right, and one query."""

from __future__ import annotations

import pytest
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import AnonymousUser, Group, Permission, User

from booking.admin.base.rights import rights_of
from booking.rules.roles import STAFF, Role
from clinic_site.accounts.backend import RolesBackend
from tests.factories import make_staff

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("roles", [(), *((role,) for role in sorted(STAFF)), tuple(sorted(STAFF))])
def test_the_same_as_django_would_say(roles: tuple[Role, ...]) -> None:
    made = make_staff(*roles)
    made.user_permissions.add(Permission.objects.order_by("pk").first())
    ours, theirs = RolesBackend(), ModelBackend()
    mine, fresh = User.objects.get(pk=made.pk), User.objects.get(pk=made.pk)
    assert ours.get_all_permissions(mine) == theirs.get_all_permissions(fresh) != set()
    assert rights_of(mine).roles == set(made.groups.values_list("name", flat=True))


def test_one_query_for_roles_and_permissions(django_assert_num_queries) -> None:
    user = User.objects.get(pk=make_staff(Role.NURSE, Role.EDITOR).pk)
    with django_assert_num_queries(1):
        assert user.has_module_perms("treatments")
        assert user.get_user_permissions() == set()
        assert user.has_perm("treatments.view_page")
        assert rights_of(user).roles == {"nurse", "editor"}


def test_nobody_switched_off_may_do_anything_and_a_superuser_all() -> None:
    off, above = make_staff(Role.EDITOR, is_active=False), make_staff(is_superuser=True)
    assert not off.has_perm("treatments.view_page") and RolesBackend().get_all_permissions(off) == set()
    assert RolesBackend().get_all_permissions(AnonymousUser()) == set()
    assert above.has_perm("treatments.view_page") and len(above.get_all_permissions()) > 20


def test_a_change_of_roles_counts_from_the_next_page_on() -> None:
    user = make_staff(Role.EDITOR)
    assert user.has_perm("treatments.view_page")
    user.groups.set(Group.objects.filter(name="reception"))
    assert not User.objects.get(pk=user.pk).has_perm("treatments.view_page")
