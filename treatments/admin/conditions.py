"""Conditions, their uses, and the numbers behind each use."""

from __future__ import annotations

from django.contrib import admin

from treatments.admin.base import ContentAdmin, ContentInline
from treatments.admin.history import HistoryAdmin
from treatments.models import Condition, Finding, Harm, Indication


class FindingInline(ContentInline):
    model = Finding
    autocomplete_fields = ["source"]


class HarmInline(ContentInline):
    model = Harm
    autocomplete_fields = ["source"]


class IndicationInline(ContentInline):
    model = Indication
    show_change_link = True


@admin.register(Condition)
class ConditionAdmin(HistoryAdmin, ContentAdmin):
    list_display = ["name", "slug", "position", "updated_at"]
    inlines = [IndicationInline]
    locked = ("slug",)


@admin.register(Indication)
class IndicationAdmin(HistoryAdmin, ContentAdmin):
    list_display = ["name", "condition", "status", "grade", "grade_label"]
    list_filter = ["status", "condition"]
    list_select_related = ["condition"]
    inlines = [FindingInline, HarmInline]
    locked = ("condition", "key")

    def history_root(self, row: Indication) -> Condition:
        """A use has no history of its own: it is a part of its condition."""
        return row.condition
