"""A number that the numbering plan can hold is taken, whether or not a library knows it yet."""

from __future__ import annotations

import phonenumbers
import pytest
from django.core.exceptions import ValidationError

from booking.admin.queue.search import hashes_of
from booking.forms.contact import PhoneField
from booking.models.sealed import keyed_hash
from treatments.admin.clinic import PhoneText
from treatments.text.phone_numbers import e164, read_phone

# Opened or planned lately; the library does not know all of them.
NEWER = """227 235 263 274 283 324 327 329 350 353 354 357 363 369 436 447 457 465 471 472 483 557 564 572 582
    621 624 645 659 679 686 728 729 730 738 748 771 821 826 837 839 840 861 924 938 943 945 948 975 983 986"""


def kept(typed: str) -> str:
    number = read_phone(typed)
    return e164(number) if number else ""


@pytest.mark.parametrize("area", NEWER.split())
def test_a_newer_area_code_is_taken_in_every_form(area: str) -> None:
    typed, number = f"({area}) 555-0142", f"+1{area}5550142"
    assert (PhoneField().clean(typed), PhoneText().clean(typed)) == (number, number)
    assert hashes_of(typed) == [keyed_hash("phone", number)]
    assert PhoneField().widget.format_value(number) == typed


def test_every_area_code_is_taken_but_the_services() -> None:
    codes = [f"{code}" for code in range(200, 1000)]
    refused = [code for code in codes if not kept(f"{code} 555 0142")]
    assert refused == ["211", "311", "411", "511", "611", "711", "811", "911"]


@pytest.mark.parametrize(
    "typed",
    ["055 555 0142", "155 555 0142", "480 055 0142", "480 155 0142", "480 911 0142", "480 211 0142", "911",
     "12", "555-0142", "480 555 014", "480 555 01422", "+1 480 555 014", "call us", "+44 1", "+999 12345678"],
)  # fmt: skip
def test_what_no_plan_can_hold_is_refused(typed: str) -> None:
    assert kept(typed) == ""
    with pytest.raises(ValidationError, match="Enter a phone number with area code, such as"):
        PhoneField().clean(typed)
    with pytest.raises(ValidationError, match="Write the number with its area code"):
        PhoneText().clean(typed)


def test_a_toll_free_exchange_may_be_any() -> None:
    assert kept("1-800-911-0142") == "+18009110142"


@pytest.mark.parametrize(
    ("typed", "number"),
    [("+44 20 7946 0018", "+442079460018"), ("011 52 55 5555 0107", "+525555550107"),
     ("+34 612 345 678", "+34612345678"), ("+1 876 555 0107", "+18765550107")],
)  # fmt: skip
def test_a_number_from_abroad_is_taken_where_it_is_long_enough(typed: str, number: str) -> None:
    assert kept(typed) == number


def test_what_was_taken_before_keeps_its_form() -> None:
    """People are found by a hash of it."""
    samples = [phonenumbers.example_number(region) for region in sorted(phonenumbers.SUPPORTED_REGIONS)]
    forms = [e164(number) for number in samples if number]
    assert len(forms) > 200
    assert [kept(form) for form in forms] == forms
