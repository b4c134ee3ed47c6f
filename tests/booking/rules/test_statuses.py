"""Open and final statuses."""

from __future__ import annotations

from booking.rules.statuses import FINAL, OPEN, Status


def test_every_status_is_either_open_or_final():
    assert set(Status) == OPEN | FINAL
    assert not OPEN & FINAL


def test_what_has_ended_is_final():
    assert {Status.SEEN, Status.DECLINED, Status.WITHDRAWN, Status.CLOSED} == FINAL
