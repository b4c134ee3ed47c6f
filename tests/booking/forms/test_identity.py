"""A day begins and ends at the clinic, not in Greenwich."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
import time_machine

from booking.forms.dates import BirthDateField
from booking.forms.identity import is_minor
from tests.booking.forms.test_dates import form
from treatments.clinic import snapshot
from treatments.clinic.facts import ClinicFacts

FACTS = ClinicFacts("Demo", "", "", "", (), "", "America/Phoenix", True, 2, (), (), {})
# Eight in the evening of the 21st in Phoenix is three in the morning of the 22nd in Greenwich.
EVENING = "2026-11-22T03:00:00Z"
TURNS_18 = date(2008, 11, 22)


@time_machine.travel(EVENING, tick=False)
def test_on_the_evening_before_the_birthday_somebody_is_still_17() -> None:
    assert is_minor(TURNS_18)


@time_machine.travel("2026-11-22T07:00:00Z", tick=False)
def test_at_midnight_of_the_clinic_they_are_18() -> None:
    assert not is_minor(TURNS_18)


@time_machine.travel(EVENING, tick=False)
def test_the_clinics_own_zone_counts() -> None:
    snapshot.keep(replace(FACTS, time_zone="America/New_York"))
    assert is_minor(TURNS_18)
    snapshot.keep(replace(FACTS, time_zone="Europe/Madrid"))
    assert not is_minor(TURNS_18)


@pytest.mark.parametrize(("day", "fine"), [("20", True), ("21", False), ("22", False)])
@time_machine.travel(EVENING, tick=False)
def test_a_birth_date_lies_before_today_at_the_clinic(day: str, fine: bool) -> None:
    typed = form("11", day, "2026")
    assert typed.is_valid() is fine
    assert fine or typed.problems[0].message == BirthDateField.default_error_messages["past"]
