"""Dates and times as patients in Arizona write them, in both languages, and nowhere by hand."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from django.utils.formats import date_format, number_format, time_format
from django.utils.translation import override

ROOT = Path(__file__).parents[2]
DAY, HOUR = dt.date(2026, 11, 22), dt.time(14, 0)
# What only staff read, in English.
STAFF = ("/admin/", "_staff", "staff-")


@pytest.mark.parametrize(
    ("language", "day", "hour", "number"),
    [
        ("en", "November 22, 2026", "2 p.m.", "12.6"),
        ("es", "22 de noviembre de 2026", "2:00 p.m.", "12.6"),
    ],
)
def test_each_language_has_its_way(language: str, day: str, hour: str, number: str) -> None:
    with override(language):
        assert date_format(DAY, "DATE_FORMAT") == day
        assert time_format(HOUR, "TIME_FORMAT") == hour
        assert number_format(12.6) == number


def test_no_page_writes_a_date_by_hand() -> None:
    by_hand = re.compile(r'\|(?:date|time):"(?!(?:[A-Z_]+_FORMAT|[TDMjc]|Y-m-d)")')
    found = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in sorted((ROOT / "templates").rglob("*.*"))
        if not any(part in f"/{path.relative_to(ROOT)}" for part in STAFF)
        for match in by_hand.finditer(path.read_text(encoding="utf-8", errors="ignore"))
    ]
    assert found == []
