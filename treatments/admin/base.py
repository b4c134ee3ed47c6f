"""What the editors' forms share: keys that never change, room to write, and a history."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.forms import Textarea
from django.http import HttpRequest
from modeltranslation.admin import TranslationAdmin, TranslationStackedInline

from treatments.admin.edit_conflicts import EditConflictAdmin

WRITING_ROOM: dict[Any, dict[str, Any]] = {
    models.TextField: {"widget": Textarea(attrs={"rows": 4, "cols": 90})}
}


class ContentAdmin(EditConflictAdmin, TranslationAdmin):
    """Content in both languages. Keys are locked once a row is there: addresses and texts refer to them."""

    save_on_top = True
    locked: tuple[str, ...] = ()
    formfield_overrides = WRITING_ROOM

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [*super().get_readonly_fields(request, obj), *(self.locked if obj else ())]


class ContentInline(TranslationStackedInline):
    extra = 0
    formfield_overrides = WRITING_ROOM
