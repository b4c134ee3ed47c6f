"""Jobs: thin, and without arguments that could tell something about a person."""

from __future__ import annotations

from procrastinate.contrib.django import app

from booking.delivery.outbox import deliver_due


@app.task(name="booking.deliver")
def deliver() -> None:
    """Send every message that is due."""
    deliver_due()
