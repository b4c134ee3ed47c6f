"""Staff accounts: a name, a password, and the roles."""

from __future__ import annotations

from typing import ClassVar

from allauth.account.admin import EmailAddress
from allauth.mfa.admin import Authenticator
from allauth.usersessions.admin import UserSession
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group, User
from django.db import models
from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _


class StaffUserAdmin(UserAdmin):
    """Rights come from roles alone: single permissions would undermine the table of who may do what."""

    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (_("Person"), {"fields": ("first_name", "last_name", "email")}),
        (_("Roles"), {"fields": ("is_active", "is_staff", "groups", "is_superuser")}),
        (_("Dates"), {"fields": ("last_login", "date_joined")}),
    )
    readonly_fields = ("last_login", "date_joined")
    filter_horizontal = ()
    list_filter = ("is_active", "groups")
    formfield_overrides: ClassVar = {models.ManyToManyField: {"widget": CheckboxSelectMultiple}}

    def has_delete_permission(self, request: object, obj: object = None) -> bool:
        """Return False: the history names its actors. An account is switched off instead."""
        return False


# Secrets, addresses and sessions of accounts have pages of their own, or none.
for hidden in (User, Group, EmailAddress, Authenticator, UserSession):
    admin.site.unregister(hidden)
admin.site.register(User, StaffUserAdmin)
