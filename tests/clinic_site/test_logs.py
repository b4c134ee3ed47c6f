"""Log lines tell what happened, and nothing that opens anything or names anybody."""

from __future__ import annotations

import logging

import pytest

from clinic_site.logs import OneLine
from tests.clinic_site.broken_urls import SECRET


def line(message: str, *values: object, failure: object = None) -> str:
    record = logging.LogRecord("x", logging.WARNING, __file__, 1, message, values, failure)  # type: ignore[arg-type]
    return OneLine().format(record)


def test_an_exception_is_told_without_its_words() -> None:
    try:
        raise ValueError(SECRET)
    except ValueError as error:
        told = line("failed", failure=(ValueError, error, error.__traceback__))
    assert SECRET not in told
    assert "ValueError" in told


def test_a_line_stays_one_line() -> None:
    assert "\n" not in line("a\nforged line")


@pytest.mark.parametrize("place", ["/my-request", "/es/my-request", "/calendar", "/admin/account/welcome"])
def test_the_key_of_a_private_link_is_left_out(place: str) -> None:
    assert line("Not Found: %s", f"{place}/kEy-1_2.ics").endswith(f"Not Found: {place}/-")


def test_other_addresses_are_told_whole() -> None:
    assert line("Not Found: %s", "/conditions/none/").endswith("Not Found: /conditions/none/")
