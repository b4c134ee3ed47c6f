"""Slips in common hosts are found; real hosts are left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.forms import typos
from booking.forms.typos import COMMON, REAL, did_you_mean


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ana@gmial.com", "ana@gmail.com"),
        ("ana@gmail.con", "ana@gmail.com"),
        ("ana@gmail.co", "ana@gmail.com"),
        ("ana@gmai.com", "ana@gmail.com"),
        ("ana@gnail.com", "ana@gmail.com"),
        ("ana@gmaill.com", "ana@gmail.com"),
        ("Ana.B+1@GMIAL.COM", "Ana.B+1@gmail.com"),
        ("ana@yaho.com", "ana@yahoo.com"),
        ("ana@yhaoo.com", "ana@yahoo.com"),
        ("ana@hotmal.com", "ana@hotmail.com"),
        ("ana@hotmial.con", "ana@hotmail.com"),
        ("ana@outlok.com", "ana@outlook.com"),
        ("ana@iclod.com", "ana@icloud.com"),
    ],
)
def test_a_slip_is_found(typed: str, meant: str) -> None:
    assert did_you_mean(typed) == meant


@pytest.mark.parametrize(
    "typed",
    ["", "ana", "@", "ana@", "ana@example.com", "ana@clinic.org", "ana@asu.edu", "ana@maricopa.gov"]
    + [f"ana@{host}" for host in sorted({*COMMON, *REAL})],
)  # fmt: skip
def test_what_may_well_be_right_is_left_alone(typed: str) -> None:
    assert did_you_mean(typed) == ""


@given(st.text(max_size=300))
def test_a_guess_is_an_address_at_a_common_host_or_nothing(typed: str) -> None:
    meant = did_you_mean(typed)
    assert meant == "" or meant.rpartition("@")[2] in COMMON


def test_a_text_far_too_long_is_not_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    """Comparing takes time with the length: many seconds for this one."""
    monkeypatch.setattr(typos, "_slips", lambda _typed, _meant: pytest.fail("it was compared"))
    assert did_you_mean("a" * 50_000 + "@" + "gmail" * 10_000) == ""
