"""A value that a process keeps for a few seconds instead of asking for it at every page."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Final, Generic, TypeVar

# With nginx's own five seconds in front, an edit is public in less than ten.
FRESH_SECONDS: Final = 4.0

T = TypeVar("T")


class TimedCache(Generic[T]):
    """Keeps what `read` returned for some seconds, and lets one thread at a time read it anew."""

    clock = staticmethod(time.monotonic)

    def __init__(self, read: Callable[[], T], seconds: float = FRESH_SECONDS) -> None:
        self.read, self._seconds, self._reading = read, seconds, threading.Lock()
        self.forget()

    def get(self) -> T:
        """Return the value. Raises what `read` raises, and keeps nothing then."""
        known = self._known
        if known and self.clock() - known[0] < self._seconds:
            return known[1]
        # While another thread reads, the last value will do; without one, wait for it.
        if not self._reading.acquire(blocking=known is None) and known:
            return known[1]
        try:
            meanwhile = self._known
            return meanwhile[1] if meanwhile and meanwhile is not known else self._renew()
        finally:
            self._reading.release()

    def last(self) -> T | None:
        """Return what was read last, however long ago. Asks nobody."""
        known = self._known
        return known[1] if known else None

    def forget(self) -> None:
        """Read anew at the next call: after a change in this process, and between tests."""
        self._known: tuple[float, T] | None = None
        self._since_forgotten = object()

    def _renew(self) -> T:
        # Before it is read: a change meanwhile is late by these seconds at most.
        asked, began = self.clock(), self._since_forgotten
        value = self.read()
        # What was forgotten meanwhile may have been read before the change.
        if began is self._since_forgotten:
            self._known = (asked, value)
        return value
