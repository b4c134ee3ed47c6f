"""Which phone numbers are taken, in every form: what the numbering plan can hold, assigned yet or not.

A library's list of assigned numbers is always behind: new area codes open several times a year. So numbers of
the North American plan are judged by the plan itself, others by the length that their country's plan allows.
"""

from __future__ import annotations

import re
from typing import Final

from phonenumbers import (
    NumberParseException,
    PhoneNumber,
    PhoneNumberFormat,
    ValidationResult,
    format_number,
    is_possible_number_with_reason,
    national_significant_number,
    parse,
)

NORTH_AMERICA: Final = 1
# Area codes that are no place: toll-free ones. Only at places is N11 barred as an exchange.
_NO_PLACE: Final = "800|822|833|844|855|866|877|88[0-9]"
_PLAN: Final = re.compile(
    rf"(?:(?:{_NO_PLACE})[2-9]\d{{2}}|(?![2-9]11)[2-9]\d{{2}}(?![2-9]11)[2-9]\d{{2}})\d{{4}}", re.ASCII
)


def read_phone(typed: str) -> PhoneNumber | None:
    """Return the number that was typed in any common form, one of the US without its country code, or None.

    Of country code 1 are taken ten digits, NXX-NXX-XXXX, where N is 2 to 9 and X is 0 to 9. N11 is no area
    code, and at a place no exchange: those are services, such as 911 (North American Numbering Plan
    Administrator, "About the NANP"; ATIS-0300051, central office codes). Any other number must be as long as
    the plan of its country, within the fifteen digits of ITU-T E.164, allows for one that is dialed in full.
    """
    try:
        number = parse(typed, "US")
    except NumberParseException:
        return None
    if number.country_code == NORTH_AMERICA:
        return number if _PLAN.fullmatch(national_significant_number(number)) else None
    return number if is_possible_number_with_reason(number) == ValidationResult.IS_POSSIBLE else None


def e164(number: PhoneNumber) -> str:
    """Return the form in which numbers are kept and compared, such as +14805550100, without an extension."""
    return format_number(number, PhoneNumberFormat.E164)
