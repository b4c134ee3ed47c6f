"""A known date in three labelled parts, in the order people in the United States write it; a day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final, NoReturn

from django import forms
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from booking.hours.clinic import today

PARTS: Final = ("month", "day", "year")
EARLIEST_YEAR: Final = 1900
_LABELS: Final = {"month": _("Month"), "day": _("Day"), "year": _("Year")}


class DayInput(forms.DateInput):
    """A day of the calendar, as browsers offer it."""

    input_type = "date"


class DatePartsWidget(forms.MultiWidget):
    """Month as a list (months have names in every language), day and year as text."""

    use_fieldset = True
    parts_template = "clinic/date_parts.html"

    def __init__(self, *, autocomplete: str = "") -> None:
        months = [("", "—"), *((str(number), name) for number, name in MONTHS.items())]
        super().__init__(
            {
                "month": forms.Select(_attributes("month", autocomplete), choices=months),
                "day": forms.TextInput(_attributes("day", autocomplete) | {"inputmode": "numeric"}),
                "year": forms.TextInput(_attributes("year", autocomplete) | {"inputmode": "numeric"}),
            }
        )

    def decompress(self, value: date | str | None) -> list[Any]:
        """Return month, day and year of a date or of its ISO form."""
        if not value:
            return [None, None, None]
        day = date.fromisoformat(value) if isinstance(value, str) else value
        return [str(day.month), day.day, day.year]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add each part's label."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        for part, shown in zip(PARTS, context["widget"]["subwidgets"], strict=True):
            shown["part"], shown["label"] = part, _LABELS[part]
        return context


def _attributes(part: str, autocomplete: str) -> dict[str, str]:
    token = f"{autocomplete}-{part}" if autocomplete else "off"
    return {"class": f"input--{part}", "autocomplete": token}


class BirthDateField(forms.Field):
    """A birth date from 1900 to today. The code of an error names the part to go to."""

    widget = DatePartsWidget
    default_error_messages = {
        "required": _("Enter your birth date"),
        "month": _("Birth date must include a month"),
        "day": _("Birth date must include a day"),
        "year": _("Birth date must include a year"),
        "day_number": _("Day must be a number from 1 to 31"),
        "year_number": _("Year must have 4 digits, such as 1980"),
        "real": _("Birth date must be a real date"),
        "past": _("Birth date must be in the past"),
        "early": _("Year of birth must be 1900 or later"),
    }
    # The part that an error is about, where its code is not the part itself.
    _about: Final[Mapping[str, str]] = {
        "day_number": "day",
        "real": "day",
        "year_number": "year",
        "past": "year",
        "early": "year",
        "adult": "year",
        "minor": "year",
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=DatePartsWidget(autocomplete="bday"), **kwargs)

    def clean(self, value: list[str | None]) -> date | None:
        """Return the date, or None when nothing was typed and nothing is required."""
        typed = {part: (text or "").strip() for part, text in zip(PARTS, value or ("", "", ""), strict=True)}
        if not any(typed.values()):
            if self.required:
                self._refuse("required")
            return None
        for part in PARTS:
            if not typed[part]:
                self._refuse(part)
        return self._date(**typed)

    def place_of(self, code: str) -> int:
        """Return which part an error is about: 0 for month, 1 for day, 2 for year."""
        part = self._about.get(code, code)
        return PARTS.index(part) if part in PARTS else 0

    def _date(self, month: str, day: str, year: str) -> date:
        if not (_is_number(day) and 1 <= int(day) <= 31):
            self._refuse("day_number")
        if not (_is_number(year) and len(year) == 4):
            self._refuse("year_number")
        if not (_is_number(month) and 1 <= int(month) <= 12):
            self._refuse("month")
        if int(year) < EARLIEST_YEAR:
            self._refuse("early")
        try:
            found = date(int(year), int(month), int(day))
        except ValueError:
            self._refuse("real")
        if found >= today():
            self._refuse("past")
        return found

    def _refuse(self, code: str) -> NoReturn:
        raise forms.ValidationError(self.error_messages[code], code=code)


def _is_number(text: str) -> bool:
    return text.isdecimal() and len(text) <= 4
