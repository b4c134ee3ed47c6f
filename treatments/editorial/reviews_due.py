"""Which published health pages a clinician should look at, the most pressing first."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db.models import IntegerChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from treatments.editorial import review, signed_text
from treatments.editorial.page_data import Review
from treatments.models import Page

SOON = dt.timedelta(days=60)


class State(IntegerChoices):
    """Why a page is on the list; the lower, the more pressing."""

    OVERDUE = 0, _("Overdue")
    NEVER = 1, _("Never reviewed")
    CHANGED = 2, _("Changed since its review")
    SOON = 3, _("Due within 60 days")


@dataclass(frozen=True)
class Due:
    """A page, why it is due, and the last review that it had, also of other words."""

    page: Page
    state: State
    last: Review | None


def pages_due() -> list[Due]:
    """Return the published health pages that are due, by state, then by the day of the next review."""
    pages = (page for page in Page.objects.published().prefetch_related(*signed_text.NEEDS) if page.is_health)
    found = [Due(page, state, last) for page in pages for state, last in [_state(page)] if state is not None]
    return sorted(found, key=lambda one: (one.state, one.last.next_review if one.last else dt.date.min))


def _state(page: Page) -> tuple[State | None, Review | None]:
    last = review.last(page)
    if last is None:
        return State.NEVER, None
    if last.is_overdue:
        return State.OVERDUE, last
    if not review.of(page, "en"):
        return State.CHANGED, last
    today = timezone.localdate(timezone=ZoneInfo(last.time_zone))
    return (State.SOON if last.next_review <= today + SOON else None), last
