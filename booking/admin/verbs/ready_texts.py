"""Ready texts for letters, kept by nurses and managers; who changed what stays in the history of each."""

from __future__ import annotations

from typing import ClassVar

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from booking.admin.base.access import actor_of
from booking.admin.base.role_admin import RoleModelAdmin
from booking.models import ReadyText
from booking.rules.roles import KEEP_TEXTS


class ReadyTextForm(forms.ModelForm):
    """Both texts in boxes of several lines."""

    class Meta:
        model = ReadyText
        fields = ("title", "verb", "english", "spanish", "active")
        widgets: ClassVar = {name: forms.Textarea(attrs={"rows": 6}) for name in ("english", "spanish")}


@admin.register(ReadyText)
class ReadyTextAdmin(RoleModelAdmin):
    """What staff may begin a letter with."""

    list_display = ["title", "verb", "active"]
    form = ReadyTextForm
    fields = ["title", "verb", "english", "spanish", "active"]

    def _keeps(self, request: HttpRequest) -> bool:
        return bool(actor_of(request).roles & KEEP_TEXTS)
