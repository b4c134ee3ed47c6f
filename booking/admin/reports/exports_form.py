"""What a manager asks to have exported."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django import forms
from django.db.models import QuerySet, TextChoices
from django.utils.translation import gettext_lazy as _

from booking.exports.columns import ExportPart
from booking.exports.requests import chosen, one_alone
from booking.forms.choices import Checklist, OneOf
from booking.forms.dates import DayInput
from booking.forms.section import SectionForm
from booking.models import ConsultationRequest
from booking.rules.figures import MAX_SPAN, Span
from booking.rules.reference import parse
from booking.rules.statuses import Status


class Format(TextChoices):
    """The kinds of file."""

    CSV = "csv", _("CSV: a plain table")
    XLSX = "xlsx", _("XLSX: a table for Excel and the like")
    FHIR = "fhir", _("FHIR R4B: a bundle for another record system, always with everything")


# What can be made in one go while somebody waits for it.
MAX_ROWS: Final = {Format.CSV.value: 50_000, Format.XLSX.value: 5_000, Format.FHIR.value: 20_000}


class ExportForm(SectionForm):
    """Which requests, in what kind of file, and how much of them."""

    format = OneOf(
        label=_("What kind of file?"),
        choices=Format.choices,
        error_messages={"required": _("Select a kind of file")},
    )
    first = forms.CharField(label=_("Received from"), widget=DayInput, required=False, max_length=10)
    last = forms.CharField(label=_("Received to"), widget=DayInput, required=False, max_length=10)
    reference = forms.CharField(
        label=_("Or only one request (optional)"),
        help_text=_("Its reference, such as 7XK2M-4QWF9. The dates do not count then."),
        required=False, max_length=40,
    )  # fmt: skip
    statuses = Checklist(
        label=_("Only with these statuses (optional)"),
        help_text=_("None checked means all."),
        choices=Status.choices, required=False,
    )  # fmt: skip
    contents = Checklist(
        label=_("What else should a table hold? (optional)"),
        help_text=_("It always holds reference, dates, status, visit and staff. Take no more than you need."),
        choices=ExportPart.choices, required=False,
    )  # fmt: skip

    def __init__(self, *args: Any, today: date, zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today, self.zone = today, zone
        self.span: Span | None = None

    def clean_reference(self) -> str:
        """Return a reference that stands for a request, or ""."""
        typed = self.cleaned_data["reference"].strip()
        reference = parse(typed)
        if typed and not (reference and ConsultationRequest.objects.filter(reference=reference).exists()):
            raise forms.ValidationError(_("No request has this reference. Check its ten characters"))
        return reference or ""

    def clean(self) -> dict[str, Any]:
        """Find the days; without a request to name, both must be there."""
        values: dict[str, Any] = super().clean() or {}
        if not values.get("reference") and "reference" not in self.errors:
            try:
                self.span = Span.between(
                    values.get("first", ""), values.get("last", ""), self.today, longest=MAX_SPAN
                )
            except ValueError as error:
                self.add_error("first", str(error))
        return values

    @property
    def requests(self) -> QuerySet[ConsultationRequest]:
        """The requests that fit, oldest first. Only after is_valid()."""
        if self.span is None:
            whole = self.cleaned_data["format"] == Format.FHIR
            return one_alone(self.cleaned_data["reference"], with_merged=whole)
        return chosen(*self.span.moments(self.zone), self.cleaned_data["statuses"])

    @property
    def held(self) -> list[str]:
        """What the file holds: FHIR everything, a table what was asked for."""
        whole = self.cleaned_data["format"] == Format.FHIR
        return list(ExportPart.values) if whole else self.cleaned_data["contents"]

    @property
    def codes(self) -> dict[str, Any]:
        """What the record keeps of the export."""
        kept = {"format": self.cleaned_data["format"], "parts": self.held}
        if self.span is None:
            return kept | {"reference": self.cleaned_data["reference"]}
        days = {"first": self.span.first.isoformat(), "last": self.span.last.isoformat()}
        return kept | days | {"statuses": self.cleaned_data["statuses"]}
