"""Signing off: a person reads a text as it is now and puts their name to it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from treatments import signoff
from treatments.models import SignOff


def _choices() -> list[tuple[str, str]]:
    """Return each subject with its digest in the value, so that a change in between is noticed."""
    return [(f"{subject.key} {subject.digest()}", subject.label) for subject in signoff.subjects()]


class SignOffForm(forms.ModelForm):
    signer: Any = None
    subject = forms.CharField(label=_("what you sign"))
    confirmed = forms.BooleanField(label=_("I have read this text as it is now, and I stand behind it."))

    class Meta:
        model = SignOff
        fields = ["subject", "credential", "confirmed"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "subject" in self.fields:
            self.fields["subject"].widget = forms.Select(choices=[("", _("Choose")), *_choices()])

    def clean_subject(self) -> str:
        key, _space, seen = self.cleaned_data["subject"].partition(" ")
        now = {subject.key: subject.digest() for subject in signoff.subjects()}
        if key not in now:
            raise ValidationError(_("Choose what you sign."))
        if now[key] != seen:
            raise ValidationError(_("The text changed while this page was open. Read it again, then sign."))
        self.instance.digest = seen
        return key

    def clean(self) -> dict[str, Any]:
        if not self.signer.get_full_name():
            raise ValidationError(
                _("Your account has no full name. Have it set first: the page will show it.")
            )
        return super().clean() or self.cleaned_data


@admin.register(SignOff)
class SignOffAdmin(admin.ModelAdmin):
    form = SignOffForm
    list_display = ["subject", "signer_name", "credential", "signed_at", "counts"]
    list_filter = ["subject"]
    actions = None

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        return type(form.__name__, (form,), {"signer": request.user})

    def save_model(self, request: HttpRequest, obj: SignOff, form: Any, change: bool) -> None:
        obj.signed_by = form.signer
        obj.signer_name = form.signer.get_full_name()
        super().save_model(request, obj, form, change)

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
