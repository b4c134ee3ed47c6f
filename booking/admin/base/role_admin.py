"""Pages of Django's admin for what a role keeps: refusals are on record, and nothing is deleted."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse

from booking.admin.base.access import actor_of, refuse
from booking.rules.roles import KEEP_SCHEDULES
from treatments.admin.edit_conflicts import EditConflictAdmin


class RolePermissions(admin.options.BaseModelAdmin):
    """Rights come from the role, not from single permissions."""

    def _keeps(self, request: HttpRequest) -> bool:
        return bool(actor_of(request).roles & KEEP_SCHEDULES)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return whether this role keeps schedules."""
        return self._keeps(request)

    has_change_permission = has_delete_permission = has_view_permission

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return whether this role keeps schedules."""
        return self._keeps(request)


class RoleModelAdmin(RolePermissions, EditConflictAdmin):
    """Pages that refuse, on record. Nothing is deleted: what is no longer wanted is switched off."""

    change_form_template = add_form_template = "booking/admin/base/role_admin/form.html"
    change_list_template = "booking/admin/base/role_admin/list.html"
    object_history_template = "booking/admin/base/role_admin/history.html"

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Return False: the sidebar leads here, not the list of models."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return False."""
        return False

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Show the list."""
        self._guard(request)
        return super().changelist_view(request, extra_context)

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show a form to add or change."""
        self._guard(request)
        return super().changeform_view(request, *args, **kwargs)

    def delete_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Refuse, on record."""
        refuse(request)

    def history_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show who changed what."""
        self._guard(request)
        return super().history_view(request, *args, **kwargs)

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        """Take Django's small links to other tables away: they need a script."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and hasattr(field.widget, "can_add_related"):
            field.widget = field.widget.widget
        return field

    def _guard(self, request: HttpRequest) -> None:
        if not self._keeps(request):
            refuse(request)
