"""Accounts in the admin: to look at, and for superusers alone."""

from __future__ import annotations

from allauth.account.admin import EmailAddress
from allauth.mfa.admin import Authenticator
from allauth.usersessions.admin import UserSession
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group, User
from django.utils.translation import gettext_lazy as _


class StaffUserAdmin(UserAdmin):
    """The accounts as the database has them, to look at.

    Every change is made on the pages of staff accounts, which keep it on a record that cannot be altered; a
    second way here would leave none. For emergencies there is the command line:
    docs/runbooks/nobody-can-sign-in.md.
    """

    fieldsets = (
        (None, {"fields": ("username", "first_name", "last_name", "email")}),
        (_("Roles"), {"fields": ("is_active", "is_staff", "groups", "is_superuser")}),
        (_("Dates"), {"fields": ("last_login", "date_joined")}),
    )
    filter_horizontal = ()
    list_filter = ("is_active", "groups")
    actions = None

    def has_add_permission(self, request: object) -> bool:
        """Return False: staff accounts are made by an invitation."""
        return False

    def has_change_permission(self, request: object, obj: object = None) -> bool:
        """Return False: neither roles nor names nor passwords change without a record."""
        return False

    def has_delete_permission(self, request: object, obj: object = None) -> bool:
        """Return False: the history names its actors. An account is switched off instead."""
        return False


# Secrets, addresses and sessions of accounts have pages of their own, or none.
for hidden in (User, Group, EmailAddress, Authenticator, UserSession):
    admin.site.unregister(hidden)
admin.site.register(User, StaffUserAdmin)
