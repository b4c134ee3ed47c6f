"""The questions of the FAQ page."""

from __future__ import annotations

from django.contrib import admin

from treatments.admin.base import ContentAdmin
from treatments.admin.history import HistoryAdmin
from treatments.admin.page_forms import FAQForm
from treatments.models import FAQ


@admin.register(FAQ)
class FAQAdmin(HistoryAdmin, ContentAdmin):
    form = FAQForm
    list_display = ["question", "status", "position", "updated_at"]
    list_filter = ["status"]
    search_fields = ["question_en", "question_es", "answer_en", "answer_es"]
    locked = ("anchor",)
