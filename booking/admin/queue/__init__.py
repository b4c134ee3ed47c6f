"""The list of requests: its groups, search, saved views, acts on several at once.

Rooms beside it import what this file names, and nothing else of it.
"""

from __future__ import annotations

from booking.admin.queue.queue import neighbours, to_count

__all__ = ["neighbours", "to_count"]
