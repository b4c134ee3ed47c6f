"""A birth date in parts: each mistake is named, and leads to its part."""

from __future__ import annotations

from datetime import date

import pytest
from django import forms

from booking.forms.dates import BirthDateField
from booking.forms.section import SectionForm


class Form(SectionForm):
    born = BirthDateField()


def form(month: str, day: str, year: str) -> Form:
    return Form({"born_month": month, "born_day": day, "born_year": year})


@pytest.mark.parametrize(
    ("parts", "words", "anchor"),
    [
        (("", "", ""), "Enter your birth date", "id_born_0"),
        (("", "7", "1980"), "Birth date must include a month", "id_born_0"),
        (("1", "", "1980"), "Birth date must include a day", "id_born_1"),
        (("1", "7", ""), "Birth date must include a year", "id_born_2"),
        (("13", "7", "1980"), "Birth date must include a month", "id_born_0"),
        (("x", "7", "1980"), "Birth date must include a month", "id_born_0"),
        (("1", "45", "1980"), "Day must be a number from 1 to 31", "id_born_1"),
        (("1", "-1", "1980"), "Day must be a number from 1 to 31", "id_born_1"),
        (("1", "0", "1980"), "Day must be a number from 1 to 31", "id_born_1"),
        (("1", "7", "80"), "Year must have 4 digits, such as 1980", "id_born_2"),
        (("1", "7", "10000"), "Year must have 4 digits, such as 1980", "id_born_2"),
        (("1", "7", "1e3x"), "Year must have 4 digits, such as 1980", "id_born_2"),
        (("1", "7", "9" * 5000), "Year must have 4 digits, such as 1980", "id_born_2"),
        (("1", "7", "0000"), "Year of birth must be 1900 or later", "id_born_2"),
        (("1", "7", "1899"), "Year of birth must be 1900 or later", "id_born_2"),
        (("2", "30", "1980"), "Birth date must be a real date", "id_born_1"),
        (("2", "29", "1981"), "Birth date must be a real date", "id_born_1"),
        (("4", "31", "1980"), "Birth date must be a real date", "id_born_1"),
        (("1", "7", "9999"), "Birth date must be in the past", "id_born_2"),
    ],
)
def test_each_mistake_is_named_and_leads_to_its_part(
    parts: tuple[str, str, str], words: str, anchor: str
) -> None:
    problem = form(*parts).problems[0]
    assert (problem.message, problem.anchor) == (words, anchor)


@pytest.mark.parametrize(
    ("parts", "found"),
    [
        (("1", "7", "1980"), date(1980, 1, 7)),
        ((" 2 ", " 29 ", " 1980 "), date(1980, 2, 29)),
        (("01", "07", "1900"), date(1900, 1, 7)),
        (("1", "٧", "١٩٨٠"), date(1980, 1, 7)),
    ],
)
def test_a_date_is_read(parts: tuple[str, str, str], found: date) -> None:
    typed = form(*parts)
    assert typed.is_valid() and typed.cleaned_data["born"] == found
    assert typed.values() == {"born": found.isoformat()}


def test_a_part_that_is_missing_from_the_post_is_an_error_and_no_crash() -> None:
    assert Form({}).problems[0].message == "Enter your birth date"
    assert Form({"born": "1980-01-07"}).problems[0].message == "Enter your birth date"


def test_a_kept_date_is_shown_in_its_parts() -> None:
    html = Form(initial={"born": "1980-01-07"})["born"].as_widget()
    assert '<option value="1" selected>January</option>' in html
    assert 'value="7"' in html and 'value="1980"' in html and 'autocomplete="bday-year"' in html


def test_a_date_that_is_not_required_may_be_empty() -> None:
    class Optional(forms.Form):
        born = BirthDateField(required=False)

    assert Optional({}).is_valid()
