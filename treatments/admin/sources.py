"""The sources, which stay while a text cites them."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db import models
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from treatments.admin.edit_conflicts import EditConflictAdmin
from treatments.admin.history import HistoryAdmin
from treatments.models import FAQ, Condition, Finding, Indication, Page, Section, Source

# The texts that may hold citations.
CITING = (
    (Page, "lead"),
    (Section, "body"),
    (FAQ, "answer"),
    (Condition, "summary"),
    (Indication, "summary"),
    (Finding, "note"),
)


def cited_in(source: Source) -> list[str]:
    """Return the names of the texts that cite a source, in either language."""
    pattern = rf"@{source.key}[^a-z0-9-]"
    found = []
    for model, field in CITING:
        cites = Q(**{f"{field}_en__regex": pattern}) | Q(**{f"{field}_es__regex": pattern})
        found += [f"{model._meta.verbose_name}: {row}" for row in model.objects.filter(cites)]
    return found


@admin.register(Source)
class SourceAdmin(HistoryAdmin, EditConflictAdmin):
    list_display = ["key", "authors", "title", "publisher", "year", "checked_on"]
    search_fields = ["key", "authors", "title", "publisher", "doi", "pmid"]
    list_filter = ["year"]
    readonly_fields = ["cited"]
    actions = None
    save_on_top = True
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["key", "cited"] if obj else ["cited"]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A source goes only when nothing cites it any more."""
        return super().has_delete_permission(request, obj) and not (obj and cited_in(obj))

    @admin.display(description=_("Cited in"))
    def cited(self, source: Source) -> str:
        return "; ".join(cited_in(source)) or str(_("Nothing cites it yet."))
