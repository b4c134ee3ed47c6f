"""How long things are kept."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

# WCAG 2.2, 2.2.1: a limit of more than 20 hours needs no warning dialog.
DRAFT_KEPT: Final = timedelta(hours=24)
SENT_PAGE_SHOWN: Final = timedelta(minutes=30)
DAILY_COUNTS_KEPT: Final = timedelta(days=730)
