"""Who changed a text, when and how, in words; and the way back to what it said before."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from reversion.errors import RevertError
from reversion.models import Version

from treatments.admin.affected import tell_which_pages_changed
from treatments.editorial import differences, history

COMMENT = "change_comment"


class CommentForm(forms.ModelForm):
    """A form of content with room for a word to those who read its history."""

    # No Meta: the admin's fieldsets say which fields there are.
    change_comment = forms.CharField(
        label=gettext_lazy("What you changed, and why"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("For the history. Patients do not see it."),
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )


class HistoryAdmin(admin.ModelAdmin):
    """Keeps a version of each save, lists them, and brings one back. Stands before ContentAdmin."""

    form: Any = CommentForm
    object_history_template = "treatments/admin/history.html"

    def history_root(self, row: Any) -> Any:
        """Return the row whose history the change belongs to."""
        return row

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        own = super().get_fieldsets(request, obj)
        if any(COMMENT in fieldset["fields"] for _title, fieldset in own):
            return own
        return [*own, (None, {"fields": [COMMENT]})]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if change:
            history.keep_what_staff_did_not_write(self.history_root(obj))
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if form.has_changed() or any(formset.has_changed() for formset in formsets):
            history.keep(self.history_root(form.instance), request.user, form.cleaned_data[COMMENT])
            tell_which_pages_changed(request)

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_version"
        view = self.admin_site.admin_view(self.version_view)
        return [path("<int:pk>/history/<int:version_pk>/", view, name=name), *super().get_urls()]

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """List the versions, the newest first, each with what it changed."""
        row = self._row(request, object_id)
        kept = [_Kept(version) for version in history.versions(row)]
        for newer, older in zip(kept, kept[1:], strict=False):
            newer.compare(older)
        title = _("History of %(name)s") % {"name": row}
        return self._page(request, self.object_history_template, {"row": row, "kept": kept, "title": title})

    def version_view(self, request: HttpRequest, pk: int, version_pk: int) -> HttpResponse:
        """Show how a version differs from today's words, and bring it back on POST."""
        row = self._row(request, str(pk))
        version = history.versions(row).filter(pk=version_pk).first()
        if version is None:
            raise Http404
        if request.method == "POST":
            return self._bring_back(request, row, version)
        kept = _Kept(version)
        context = {
            "row": row,
            "kept": kept,
            "title": _("Version of %(name)s") % {"name": row},
            "changes": kept.towards(history.state_now(row)),
            "may_change": self.has_change_permission(request, row),
        }
        return self._page(request, "treatments/admin/version.html", context)

    def _bring_back(self, request: HttpRequest, row: Any, version: Version) -> HttpResponse:
        if not self.has_change_permission(request, row):
            raise PermissionDenied
        try:
            back = history.go_back(version, request.user)
        except history.CannotGoBack as error:
            messages.error(request, str(error))
            return redirect(self._address("history", row.pk))
        self.log_change(request, back, "Brought an earlier version back.")
        said = (
            _("The earlier version is back as a draft. Read it, then publish it.")
            if hasattr(back, "status")
            else _(
                "The earlier version is back. Where it stands on a condition page, that page is a draft now."
            )
        )
        messages.success(request, said)
        tell_which_pages_changed(request)
        return redirect(self._address("change", row.pk))

    def _row(self, request: HttpRequest, object_id: str) -> Any:
        row = self.get_object(request, object_id)
        if row is None:
            raise Http404
        if not self.has_view_or_change_permission(request, row):
            raise PermissionDenied
        return self.history_root(row)

    def _address(self, name: str, pk: Any) -> str:
        opts = self.opts
        return reverse(f"admin:{opts.app_label}_{opts.model_name}_{name}", args=[pk])

    def _page(self, request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
        row = context["row"]
        shared = {
            **self.admin_site.each_context(request),
            "opts": row._meta,
            "back_url": reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk]),
        }
        return TemplateResponse(request, template, {**shared, **context})


class _Kept:
    """A version as the history page tells it."""

    def __init__(self, version: Version) -> None:
        self.version = version
        self.revision = version.revision
        self.changes: list[differences.Difference] = []
        self.is_first = True
        try:
            self.state = history.state_of(version)
        except RevertError:
            self.state = {}

    @property
    def who(self) -> str:
        user = self.revision.user
        return (user.get_full_name() or user.get_username()) if user else _("The site")

    def compare(self, older: _Kept) -> None:
        self.is_first = False
        self.changes = differences.between(older.state, self.state)

    def towards(self, now: history.State) -> list[differences.Difference]:
        """Return what bringing this version back would change in today's words."""
        return differences.between(now, self.state)
