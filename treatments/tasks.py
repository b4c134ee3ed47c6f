"""Jobs of the public content: thin, without arguments. Times are UTC: 14:00 is 7 a.m. in Arizona."""

from __future__ import annotations

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from treatments.editorial.reminder import send_missing_signatures, send_pages_due


@app.periodic(cron="0 14 * * 1")
@app.task(name="treatments.pages_due", retry=RetryStrategy(max_attempts=5, linear_wait=600))
def pages_due_weekly(timestamp: int) -> None:
    """Tell staff on Monday morning which pages a clinician should look at.

    A worker that never ran it before, on a new database, does so at once, for the Monday that was last: the
    clinic hears on its first day what it has to look at.
    """
    send_pages_due()


@app.periodic(cron="*/10 * * * *")
@app.task(name="treatments.missing_signatures")
def missing_signatures_often(timestamp: int) -> None:
    """Tell staff once that a part of the site is shut: after a release, or a change of what was signed."""
    send_missing_signatures()
