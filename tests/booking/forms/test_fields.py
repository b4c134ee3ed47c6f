"""Choices, numbers, phone and e-mail."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from booking.forms.choices import Checklist, DaysField, OneOf, ScaleField, Tick
from booking.forms.contact import EmailField, PhoneField
from tests.booking.forms.bad_input import EMAILS, NUMBERS, PHONES

LIST = [("a", "A"), ("b", "B")]


def test_a_checklist_returns_each_code_once_in_its_own_order() -> None:
    assert Checklist(choices=LIST).clean(["b", "a", "b"]) == ["a", "b"]


def test_none_alone_is_an_answer_and_none_with_another_is_not() -> None:
    field = Checklist(choices=LIST, none_label="None")
    assert field.clean(["none"]) == ["none"]
    with pytest.raises(ValidationError, match="not both"):
        field.clean(["a", "none"])
    with pytest.raises(ValidationError):
        field.clean([])


def test_none_cannot_be_smuggled_into_a_list_without_it() -> None:
    with pytest.raises(ValidationError, match="from the list"):
        Checklist(choices=LIST).clean(["none"])


@pytest.mark.parametrize("value", ["c", "A", "a b", "1"])
def test_an_answer_that_is_not_listed_is_refused(value: str) -> None:
    with pytest.raises(ValidationError, match="Select one of the answers listed"):
        OneOf(choices=LIST).clean(value)


@pytest.mark.parametrize("value", ["11", "-1", "1.5", "x", "07"])
def test_the_scale_goes_from_0_to_10(value: str) -> None:
    field = ScaleField(low="no", high="all")
    assert [field.clean(str(number)) for number in range(11)] == list(range(11))
    with pytest.raises(ValidationError):
        field.clean(value)


@pytest.mark.parametrize("value", [number for number in NUMBERS if number != "٣"])
def test_days_in_a_month_are_whole_and_at_most_31(value: str) -> None:
    field = DaysField()
    assert (field.clean("0"), field.clean(" 31 ")) == (0, 31)
    with pytest.raises(ValidationError):
        field.clean(value)


@pytest.mark.parametrize(
    "typed",
    ["(520) 555-0107", "520-555-0107", "520.555.0107", "5205550107", "+1 520 555 0107", "1-520-555-0107",
     " 520 555 0107 ", "520\u2011555\u20110107", "５２０５５５０１０７", "1 (520) 555 0107"],
)  # fmt: skip
def test_a_phone_number_may_be_typed_in_any_common_form(typed: str) -> None:
    assert PhoneField().clean(typed) == "+15205550107"


@pytest.mark.parametrize(
    "typed", ["5205550107 ext 12", "(520) 555-0107 x12", "520-555-0107 ext. 12", "520.555.0107 #12",
              "+1 520 555 0107 extension 12", "5205550107;ext=12"],
)  # fmt: skip
def test_an_extension_is_kept_and_shown_again(typed: str) -> None:
    kept = PhoneField().clean(typed)
    assert kept == "+15205550107;ext=12"
    assert PhoneField().widget.format_value(kept) == "(520) 555-0107 ext. 12"
    assert PhoneField().clean(PhoneField().widget.format_value(kept)) == kept


def test_an_extension_abroad_is_shown_too() -> None:
    kept = PhoneField().clean("+52 55 5555 0107 ext 9")
    assert PhoneField().widget.format_value(kept) == "+525555550107 ext. 9"


def test_a_box_is_kept_as_a_word_or_as_nothing() -> None:
    assert (Tick().clean(True), Tick(required=False).clean(False)) == ("yes", "")
    with pytest.raises(ValidationError):
        Tick().clean(False)


def test_a_phone_number_from_elsewhere_needs_its_country() -> None:
    assert PhoneField().clean("+52 55 5555 0107").startswith("+52")


@pytest.mark.parametrize("typed", [number for number in PHONES if "\r" not in number])
def test_what_is_no_phone_number_is_refused_in_plain_words(typed: str) -> None:
    with pytest.raises(ValidationError, match="Enter a phone number with area code"):
        PhoneField().clean(typed)


def test_a_kept_phone_number_is_shown_as_people_write_it() -> None:
    assert PhoneField().widget.format_value("+15205550107") == "(520) 555-0107"


@pytest.mark.parametrize("typed", [email for email in EMAILS if email not in ('"a b"@example.com',)])
def test_what_is_no_email_address_is_refused_in_plain_words(typed: str) -> None:
    with pytest.raises(ValidationError, match="Enter an email address in the form|254 characters"):
        EmailField().clean(typed)


def test_an_email_address_is_taken_as_typed_without_unseen_characters() -> None:
    assert EmailField().clean(" Test.Patient@example.com\u200b ") == "Test.Patient@example.com"
