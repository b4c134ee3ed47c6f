"""The admin site: sign-in by django-allauth, the clinic's time, and a door that stays shut where it must."""

from __future__ import annotations

from functools import wraps
from typing import Any

from allauth.account.decorators import secure_admin_login
from django.conf import settings
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from clinic_site.accounts.second_factor import lacks_second_factor
from clinic_site.accounts.session_timeout import for_scripts
from clinic_site.accounts.sign_in_audit import was_refused
from clinic_site.accounts.views import guarded, shut, sign_out
from treatments.editorial.gates import missing_signatures
from treatments.editorial.launch_checklist import clinic_gaps


class StaffAdminSite(AdminSite):
    """Django's admin, signed in to through django-allauth, in the look of the staff workspace."""

    site_title = _("Staff")
    index_title = _("Website")
    enable_nav_sidebar = False

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Guard a view: shut where it must be, and nothing before a second factor is set up."""
        inner = super().admin_view(view, cacheable)

        @wraps(inner)
        def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.user.is_authenticated and request.user.is_staff and lacks_second_factor(request):
                return redirect("mfa_index")
            try:
                response: HttpResponse = inner(request, *args, **kwargs)
                return response
            except PermissionDenied:
                was_refused(request)
                raise

        return guarded(door)

    def login(self, request: HttpRequest, extra_context: dict[str, object] | None = None) -> HttpResponse:
        """Send to the sign-in page."""
        if not settings.ADMIN_OPEN:
            return shut(request)
        response: HttpResponse = secure_admin_login(super().login)(request, extra_context)
        return response

    def logout(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """Sign out the one way there is."""
        return sign_out(request)

    def has_permission(self, request: HttpRequest) -> bool:
        """Refuse everyone while the door is shut, whatever their session says."""
        return bool(settings.ADMIN_OPEN) and super().has_permission(request)

    def index(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """Lead to the queue whoever may see requests; editors, to what they may edit."""
        from booking.admin.base.access import sees_requests  # registering its models needs this site first

        if sees_requests(request):
            return redirect("admin:booking_consultationrequest_changelist")
        if request.user.has_module_perms("treatments"):
            return redirect("admin:app_list", "treatments")
        return super().index(request, extra_context)

    def app_index(self, request: HttpRequest, app_label: str, extra_context: Any = None) -> Any:
        """Show what a person may edit, and above it what the clinic must still complete."""
        if app_label != "treatments":
            return super().app_index(request, app_label, {"title": self.index_title})
        found = {"title": self.index_title, "gaps": clinic_gaps(), "missing": missing_signatures()}
        return super().app_index(request, app_label, found)

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """Add the sidebar to what every page of the workspace knows."""
        from booking.admin.base.banners import banners  # as above
        from booking.admin.lists.sidebar import workspace

        context = super().each_context(request)
        if context["has_permission"]:
            context |= workspace(request, context["available_apps"]) | {"quiet": for_scripts()}
            # Asked for when the page is drawn: a view that leads elsewhere asks nothing.
            context["banners"] = lambda: banners(request)
        return context
