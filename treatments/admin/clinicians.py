"""The people who treat patients, with their portraits."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from treatments.admin.base import ContentAdmin
from treatments.models import Clinician, portraits


class ClinicianForm(forms.ModelForm):
    # No Meta: the admin's fieldsets say which fields there are.
    new_portrait = forms.FileField(
        label=_("New portrait"),
        required=False,
        help_text=_("JPEG, PNG or WebP, at most 900 KB. It is made smaller and loses its metadata."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        error_messages={"empty": _("This file is empty. Choose a JPEG, PNG or WebP file.")},
    )
    take_portrait_away = forms.BooleanField(label=_("Take the portrait away"), required=False)

    def clean_new_portrait(self) -> bytes | None:
        upload = self.cleaned_data["new_portrait"]
        return portraits.redraw(upload) if upload else None

    def save(self, commit: bool = True) -> Clinician:
        picture = self.cleaned_data["new_portrait"]
        if picture or self.cleaned_data["take_portrait_away"]:
            portraits.put(self.instance, picture)
        saved: Clinician = super().save(commit)
        return saved


@admin.register(Clinician)
class ClinicianAdmin(ContentAdmin):
    form = ClinicianForm
    list_display = ["name", "credentials", "licence_type", "published", "is_demo"]
    list_filter = ["published"]
    readonly_fields = ["is_demo", "portrait_now"]
    fieldsets = [
        (None, {"fields": ["name", "credentials", "licence_type", "board", "languages", "about"]}),
        (_("Portrait"), {"fields": ["portrait_now", "new_portrait", "take_portrait_away", "portrait_alt"]}),
        (_("On the site"), {"fields": ["position", "published", "is_demo"]}),
    ]

    @admin.display(description=_("portrait"))
    def portrait_now(self, clinician: Clinician) -> str:
        if not clinician.portrait_digest:
            return str(_("None yet."))
        if not clinician.published:
            return str(_("Kept. Patients see it once the person is shown on the site."))
        return format_html('<img src="{}" alt="" width="160">', clinician.portrait_url)

    def get_queryset(self, request: Any) -> Any:
        return super().get_queryset(request).defer("portrait")
