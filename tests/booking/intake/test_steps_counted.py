"""Anonymous counts of completed steps: once for each draft, however often a step is answered again."""

from __future__ import annotations

import pytest

from booking.intake import drafts
from booking.models import DailyCount

pytestmark = pytest.mark.django_db


def test_a_step_counts_when_it_is_completed_first() -> None:
    draft, _token = drafts.begin()
    for topic in ("migraine", "tmj"):
        drafts.keep(draft, "reason", {"topic": topic})
    drafts.keep(draft, "safety", {"checked": []})
    other, _token = drafts.begin()
    drafts.keep(other, "reason", {"topic": "tmj"})
    counted = DailyCount.objects.filter(kind="step").values_list("code", "count")
    assert dict(counted) == {"reason": 2, "safety": 1}
