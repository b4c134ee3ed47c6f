"""Anonymous daily counts."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from booking.hours.clinic import today
from booking.models import DailyCount


@pytest.mark.django_db
def test_it_counts_by_kind_and_code():
    for code in ("HD-1", "HD-1", "BK-2"):
        DailyCount.add("stop", code, today())
    assert dict(DailyCount.objects.values_list("code", "count")) == {"HD-1": 2, "BK-2": 1}


@pytest.mark.django_db(transaction=True)
def test_counts_at_the_same_time_are_all_counted():
    def add(_number: int) -> None:
        DailyCount.add("stop", "HD-1", today())
        connection.close()

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(add, range(24)))
    assert DailyCount.objects.get().count == 24
