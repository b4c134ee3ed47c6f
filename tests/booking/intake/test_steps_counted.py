"""Anonymous counts of completed steps: once for each draft, however often a step is answered again."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.test import RequestFactory

from booking.intake import drafts
from booking.models import DailyCount

pytestmark = pytest.mark.django_db


def test_a_step_counts_when_it_is_completed_first() -> None:
    draft, _token = drafts.begin(RequestFactory().post("/"))
    for topic in ("migraine", "tmj"):
        drafts.keep(draft, "reason", {"topic": topic})
    drafts.keep(draft, "safety", {"checked": []})
    other, _token = drafts.begin(RequestFactory().post("/"))
    drafts.keep(other, "reason", {"topic": "tmj"})
    counted = DailyCount.objects.filter(kind="step").values_list("code", "count")
    assert dict(counted) == {"reason": 2, "safety": 1}


def test_an_evening_counts_for_the_day_that_it_is_at_the_clinic() -> None:
    with time_machine.travel(dt.datetime(2026, 11, 23, 1, tzinfo=dt.UTC), tick=False):
        draft, _token = drafts.begin(RequestFactory().post("/"))
        drafts.keep(draft, "reason", {"topic": "migraine"})
    assert DailyCount.objects.get().day == dt.date(2026, 11, 22)
