"""The clinic's facts, hours and closures, and the list of what is still missing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from treatments.admin.base import ContentAdmin, ContentInline
from treatments.editorial.gates import missing_signatures
from treatments.editorial.launch_checklist import clinic_gaps
from treatments.models import Clinic, Closure, OpeningHours
from treatments.signals import clinic_saved
from treatments.text.phone_numbers import e164, read_phone
from treatments.text.statements import STATEMENTS


class PhoneText(forms.CharField):
    """A phone number typed in any form, kept as E.164."""

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        if not text:
            return text
        number = read_phone(text)
        if number is None:
            raise ValidationError(_("Write the number with its area code, for example (480) 555-0100."))
        return e164(number)


class ClinicForm(forms.ModelForm):
    # No Meta: the admin's fieldsets say which fields there are.
    phone = PhoneText(label=_("Phone"), max_length=40, help_text=_("For example (480) 555-0100."))
    fax = PhoneText(label=_("Fax"), max_length=40, required=False)


class OpeningHoursInline(admin.TabularInline):
    model = OpeningHours
    extra = 0
    # The clinic's own time: the admin's clock would talk about the server's.
    formfield_overrides = {
        models.TimeField: {"widget": forms.TimeInput(format="%H:%M", attrs={"type": "time"})}
    }


class ClosureInline(ContentInline):
    model = Closure


@admin.register(Clinic)
class ClinicAdmin(ContentAdmin):
    form = ClinicForm
    inlines = [OpeningHoursInline, ClosureInline]
    list_display = ["name", "phone", "hours_confirmed", "updated_at"]
    change_list_template = "treatments/admin/clinic/change_list.html"
    fieldsets = [
        (None, {"fields": ["name", "phone", "fax", "email"]}),
        (_("Address"), {"fields": ["street", "street_2", "city", "state", "zip_code"]}),
        (_("Hours"), {"fields": ["time_zone", "hours_confirmed", "hours_note", "reply_business_days"]}),
        (_("Emergencies"), {"fields": ["emergency_line"]}),
        (
            _("In your own words"),
            {
                "fields": STATEMENTS,
                "description": _("Each text appears on the pages once you have written it, and not before."),
            },
        ),
    ]

    def save_related(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Save hours and closures too, then tell whom they concern."""
        super().save_related(request, *args, **kwargs)
        clinic_saved.send(sender=Clinic, request=request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and not Clinic.objects.exists()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        gaps = path("gaps/", self.admin_site.admin_view(self.gaps_view), name="treatments_clinic_gaps")
        return [gaps, *super().get_urls()]

    def gaps_view(self, request: HttpRequest) -> HttpResponse:
        """Show staff what the clinic must still complete."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "title": _("What the clinic must still complete"),
            "gaps": clinic_gaps(),
            "missing": missing_signatures(),
            "opts": self.opts,
        }
        return TemplateResponse(request, "treatments/admin/clinic/launch_checklist.html", context)
