"""Pages with their sections, what each still lacks, which are due for review, and the preview."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from treatments.admin.base import ContentAdmin, ContentInline
from treatments.admin.history import HistoryAdmin
from treatments.admin.page_forms import PAGE_FORM, SectionFormSet
from treatments.editorial import publishing, review, reviews_due
from treatments.models import Page, Section
from treatments.models.pages import Kind, Status
from treatments.pages import page_templates


class SectionInline(ContentInline):
    model = Section
    formset = SectionFormSet

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and db_field.name.startswith("body"):
            field.widget = forms.Textarea(attrs={"rows": 14, "cols": 90})
        return field


@admin.register(Page)
class PageAdmin(HistoryAdmin, ContentAdmin):
    list_display = ["title", "kind", "status", "reviewed", "is_template", "updated_at"]
    list_filter = ["status", "kind"]
    inlines = [SectionInline]
    locked = ("key", "kind", "condition")
    readonly_fields = ["reviewed", "preview"]
    actions = None
    fieldsets = [
        (None, {"fields": ["key", "kind", "condition", "status", "preview", "reviewed"]}),
        (_("Words"), {"fields": ["title", "short_title", "lead", "description"]}),
        (_("Care for the page"), {"fields": ["is_template", "review_every_months"]}),
    ]
    change_list_template = "treatments/admin/page/change_list.html"

    def save_form(self, request: HttpRequest, form: Any, change: bool) -> Any:
        # The sections are checked together with the page, and speak up at its status.
        setattr(request, PAGE_FORM, form)
        return super().save_form(request, form, change)

    def get_formset_kwargs(self, request: HttpRequest, obj: Any, inline: Any, prefix: str) -> dict[str, Any]:
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        return {**kwargs, "request": request}

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Show, above the form, what the page has and lacks as it is saved."""
        page = self.get_object(request, object_id)
        points = publishing.checklist(page) if page else []
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), "points": points})

    @admin.display(description=_("Clinician's review"))
    def reviewed(self, page: Page) -> str:
        if not page.pk or not page.is_health:
            return str(_("Not needed"))
        found = review.of(page, "en")
        if not found:
            return str(_("Not reviewed as it reads now"))
        if found.is_overdue:
            return str(_("%(name)s, overdue since %(day)s")) % {
                "name": found.reviewer,
                "day": date_format(found.next_review),
            }
        return str(_("%(name)s, next on %(day)s")) % {
            "name": found.reviewer,
            "day": date_format(found.next_review),
        }

    @admin.display(description=_("Preview"))
    def preview(self, page: Page) -> str:
        """Links to the page as saved, one for each language."""
        if not page.pk:
            return str(_("Save first, then look at the page here."))
        links = (
            (reverse("admin:treatments_page_preview", args=[page.pk, code]), name)
            for code, name in settings.LANGUAGES
        )
        return format_html_join(" ", '<a class="viewlink" href="{}">{}</a>', links)

    def formfield_for_choice_field(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        # The other kinds have one address each, and their page is there already.
        if db_field.name == "kind":
            kwargs["choices"] = [(Kind.CONDITION.value, Kind.CONDITION.label)]
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Pages with a fixed address are taken off the site by their status, and not deleted."""
        fixed = obj is not None and obj.kind != Kind.CONDITION
        return super().has_delete_permission(request, obj) and not fixed

    def view_on_site(self, page: Page) -> str | None:
        return page.get_absolute_url() if page.status == Status.PUBLISHED else None

    def get_urls(self) -> list[URLPattern]:
        preview = self.admin_site.admin_view(never_cache(self.preview_view))
        due_list = self.admin_site.admin_view(self.due_view)
        return [
            path("due/", due_list, name="treatments_page_due"),
            path("<int:pk>/preview/<slug:language>/", preview, name="treatments_page_preview"),
            *super().get_urls(),
        ]

    def due_view(self, request: HttpRequest) -> HttpResponse:
        """List the pages that a clinician should look at, the most pressing first."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "title": _("Pages due for review"),
            "due": reviews_due.pages_due(),
            "opts": self.opts,
        }
        return TemplateResponse(request, "treatments/admin/page/due.html", context)

    def preview_view(self, request: HttpRequest, pk: int, language: str) -> HttpResponse:
        """Show a page as saved, draft or not, to staff who may see or change it."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        if language not in dict(settings.LANGUAGES):
            raise Http404
        with translation.override(language):
            try:
                template, context = page_templates.draft(pk)
            except Page.DoesNotExist:
                raise Http404 from None
            back = reverse("admin:treatments_page_change", args=[pk])
            # No switch to the public twin, which may not be there; the form links to both languages.
            shown = {"preview": True, "preview_back": back, "spanish_ready": False}
            response = render(request, template, {**context, **shown})
        response.headers["X-Robots-Tag"] = "noindex"
        response.headers["Content-Language"] = language
        return response
