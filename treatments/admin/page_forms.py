"""The forms of pages and questions: a draft takes what is typed; publishing asks for more, at the field."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from treatments.admin.history import CommentForm
from treatments.editorial import publishing
from treatments.models import FAQ, Section, references
from treatments.models.pages import Status

PAGE_FORM = "page_form"  # where a request carries it


class SectionFormSet(forms.BaseInlineFormSet):
    """The sections of a page, and whether the whole may be published as it was just typed."""

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request

    def clean(self) -> None:
        super().clean()
        # The valid form of the page itself, left there by PageAdmin.save_form just before this.
        self.page_form = getattr(self.request, PAGE_FORM, None)
        if any(self.errors) or self.page_form is None or self.instance.status != Status.PUBLISHED:
            return
        unknown = [found for form in self._kept() for found in self._unknown_sources(form)]
        obstacles = publishing.obstacles(self.instance, self._sections())
        if unknown or obstacles:
            self._refuse(self.page_form, obstacles)

    def _kept(self) -> list[forms.ModelForm]:
        return [form for form in self.forms if form not in self.deleted_forms and form.instance.anchor]

    def _sections(self) -> list[Section]:
        rows = [form.instance for form in self._kept()]
        return sorted(rows, key=lambda row: (row.position, row.pk or float("inf")))

    def _unknown_sources(self, form: forms.ModelForm) -> list[str]:
        """Say at each field of a section which source it cites that is not there; return what was said."""
        return [said for name in ("body_en", "body_es") for said in say_unknown_sources(form, name)]

    def _refuse(self, page_form: forms.ModelForm, obstacles: list[str]) -> None:
        for name in ("lead_en", "lead_es"):
            say_unknown_sources(page_form, name)
        page_form.add_error("status" if "status" in page_form.fields else None, obstacles)
        raise ValidationError(
            _("Not published. What is missing stands above; choose “Draft” to keep your text.")
        )


def say_unknown_sources(form: Any, name: str) -> list[str]:
    """Put an error at the field for each source that its text cites and nobody added; return the errors."""
    said = references.unknown_sources([form.cleaned_data.get(name) or ""])
    if said:
        form.add_error(name, said)
    return said


class FAQForm(CommentForm):
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("status") == Status.PUBLISHED and not self.errors:
            for name in ("answer_en", "answer_es"):
                say_unknown_sources(self, name)
            if not self.errors:
                self._refuse_unsigned()
        return cleaned

    def _refuse_unsigned(self) -> None:
        row = FAQ(pk=self.instance.pk, anchor=self.cleaned_data.get("anchor") or self.instance.anchor)
        for name in ("question_en", "answer_en"):
            setattr(row, name, self.cleaned_data.get(name))
        for why in publishing.faq_obstacles(row):
            self.add_error("status", why)
