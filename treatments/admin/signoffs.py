"""Signing off: a person with the right reads a text as it is now, and puts their name to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from treatments.editorial import differences, gates, signoff
from treatments.editorial.gates import Gate
from treatments.editorial.signoff import Subject
from treatments.models import SignOff
from treatments.text import markup
from treatments.text.markup import Citations

LIST = "admin:treatments_signoff_changelist"


class SignOffForm(forms.ModelForm):
    """The signature. `subject` carries the fingerprint of what was shown, so that a change is noticed."""

    subject = forms.CharField(widget=forms.HiddenInput)
    confirmed = forms.BooleanField(label=_("I have read this text as it is now, and I stand behind it."))

    class Meta:
        model = SignOff
        fields = ["subject", "credential", "confirmed"]

    def __init__(self, *args: Any, shown: Subject, signer: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shown, self.signer = shown, signer
        self.lines = shown.lines()
        self.digest = signoff.digest_of(self.lines)

    def clean_subject(self) -> str:
        key, _space, seen = str(self.cleaned_data["subject"]).partition(" ")
        if key != self.shown.key:
            raise ValidationError(_("Choose what you sign."))
        if seen != self.digest:
            raise ValidationError(_("The text changed while this page was open. Read it again, then sign."))
        self.instance.digest, self.instance.lines = seen, signoff.as_data(self.lines)
        return key

    def clean(self) -> dict[str, Any]:
        if not self.signer.get_full_name():
            raise ValidationError(
                _("Your account has no full name. Ask a manager to add it: the page will show it.")
            )
        self.instance.signed_by, self.instance.signer_name = self.signer, self.signer.get_full_name()
        return super().clean() or self.cleaned_data


@dataclass(frozen=True)
class Standing:
    """A subject in the list: what it opens, its newest signature, whether that holds, who may sign."""

    subject: Subject
    opens: Gate | None
    signed: SignOff | None
    holds: bool
    may_sign: bool


@admin.register(SignOff)
class SignOffAdmin(admin.ModelAdmin):
    list_display = ["subject", "signer_name", "credential", "signed_at", "counts"]
    list_filter = ["subject"]
    actions = None
    change_list_template = "treatments/admin/signoff/change_list.html"
    fields = ["subject", "signer_name", "credential", "signed_at", "words"]
    readonly_fields = ["words"]

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """List what can be signed; with ?subject=, show its words and take the signature."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        key = request.GET.get("subject")
        if key is None:
            context = {"title": _("What can be signed off"), "standings": _standings(request.user)}
            return self._page(request, "treatments/admin/signoff/subjects.html", context)
        subject = signoff.find(key)
        if subject is None:
            raise Http404
        if not may_sign(request.user, subject):
            raise PermissionDenied
        return self._sign(request, subject)

    def _sign(self, request: HttpRequest, subject: Subject) -> HttpResponse:
        form = SignOffForm(request.POST or None, shown=subject, signer=request.user)
        if form.is_valid():
            signed = form.save()
            self.log_addition(request, signed, [{"added": {}}])
            messages.success(request, _("Signed off: %(what)s") % {"what": subject.label})
            return redirect("admin:treatments_signoff_add")
        if form.errors:
            # What stands on the page is what the next try signs.
            form.data = {**request.POST.dict(), "subject": f"{subject.key} {form.digest}"}
        else:
            form.initial["subject"] = f"{subject.key} {form.digest}"
        newest = signoff.newest(subject.key)
        context = {
            "title": subject.label,
            "form": form,
            "lines": shown(form.lines),
            "newest": newest,
            "changes": _changes(newest, form.lines) if newest else [],
        }
        return self._page(request, "treatments/admin/signoff/sign.html", context)

    def _page(self, request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
        return TemplateResponse(
            request, template, {**self.admin_site.each_context(request), "opts": self.opts, **context}
        )

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> Any:
        self._now = {subject.key: subject.digest() for subject in signoff.subjects()}
        return super().get_queryset(request)

    @admin.display(description=_("still holds"), boolean=True)
    def counts(self, signed: SignOff) -> bool:
        """Whether the text still reads as it was signed."""
        return self._now.get(signed.subject) == signed.digest

    @admin.display(description=_("words as signed"))
    def words(self, signed: SignOff) -> str:
        return format_html("<pre>{}</pre>", "\n\n".join(line["text"] for line in signed.lines))


def may_sign(user: Any, subject: Subject) -> bool:
    """Whether somebody has the right that this subject asks for, beside the one to sign at all."""
    return all(user.has_perm(f"treatments.{right}") for right in ("add_signoff", subject.right))


def shown(lines: Any) -> list[dict[str, Any]]:
    """Return lines for reading: Markdown as HTML, citations numbered by the sources of the line."""
    return [
        {
            "place": line.place,
            "html": markup.render(line.text, Citations()),
            "beside": markup.render(line.beside, Citations()) if line.beside else "",
            "sources": line.sources,
        }
        for line in lines
    ]


def _standings(user: Any) -> list[Standing]:
    newest = signoff.newest_of_each()
    return [
        Standing(
            subject,
            opens,
            signed,
            bool(signed and signed.digest == subject.digest()),
            may_sign(user, subject),
        )
        for subject, opens in gates.in_order(signoff.subjects())
        for signed in [newest.get(subject.key)]
    ]


def _changes(newest: SignOff, lines: Any) -> list[differences.Difference]:
    return [
        differences.Difference(change.place, differences.words(change.before or "", change.after or ""))
        for change in signoff.changes(newest, lines)
    ]
