"""Names and moments as staff read them."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from booking.admin.base.words import initials, moment_words, staff_name
from booking.admin.reading.contact import shown_phone, wishes
from tests.factories import make_person


@pytest.mark.parametrize(
    ("name", "short"),
    [("Test Patient 21", "Test P. 21"), ("José O'Brien", "José O."), ("Madonna", "Madonna"),
     ("Ana María de la Cruz", "Ana M. d. l. C."), ("", ""), ("  Li   Wei ", "Li W.")],
)  # fmt: skip
def test_a_name_in_a_list_is_short(name: str, short: str) -> None:
    assert make_person(full_name=name).short_name == short


def test_nobody_has_words_too() -> None:
    assert (staff_name(None), initials(None)) == ("Nobody", "")
    user = User(username="nadams", first_name="Nurse", last_name="Demo")
    assert (staff_name(user), initials(user)) == ("Nurse Demo", "ND")
    assert staff_name(User(username="nadams")) == "nadams"


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "Today, 5 p.m."), (1, "Tue, 5 p.m."), (-3, "Fri, 5 p.m."), (10, "Thu, Dec 10, 5 p.m."),
     (40, "Jan 9, 2027, 5 p.m.")],
)  # fmt: skip
def test_moments_are_told_as_people_say_them(days: int, words: str) -> None:
    now = dt.datetime(2026, 11, 30, 17, tzinfo=dt.UTC)
    with timezone.override("America/Phoenix"):
        assert moment_words(now.replace(hour=0) + dt.timedelta(days=days + 1), now) == words


@pytest.mark.parametrize(
    ("e164", "shown"),
    [("+14805550100", "(480) 555-0100"), ("+34912345678", "+34 912 34 56 78"), ("", ""), ("x", "x")],
)
def test_phone_numbers_as_people_write_them(e164: str, shown: str) -> None:
    assert shown_phone(e164) == shown


def test_wishes_in_words() -> None:
    assert wishes(make_person(times=("tue-am", "thu-am"))) == "Tuesday morning, Thursday morning"
    older = make_person(times=(), days=("mon",), day_parts=())
    assert wishes(older) == "Monday morning, Monday afternoon"
    assert wishes(make_person(times=())) == ""
