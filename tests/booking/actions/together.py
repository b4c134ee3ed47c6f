"""Many who act in the same moment."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connection

from booking.rules.errors import BookingError

# Read by those who waited for longer than the database allows.
BUSY = "Colleagues are booking with this clinician just now. Try again."
CHANGED = "Something changed while you were reading. Look at the page again, then choose."


def at_once(work: Callable[[Any], object], arguments: Sequence[Any]) -> list[str]:
    """Run `work` for each argument, all of them together; return what became of each."""
    gate = Barrier(len(arguments))

    def run(argument: Any) -> str:
        gate.wait()
        try:
            work(argument)
            return "done"
        except BookingError as refusal:
            return str(refusal)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(arguments)) as pool:
        return list(pool.map(run, arguments))
