"""Log lines that carry no values: an exception's message may hold what a patient typed."""

from __future__ import annotations

import logging
import re
import traceback
from datetime import UTC, datetime

# What follows opens something for whoever has it: a patient's page, a calendar, an invitation.
PRIVATE_LINK = re.compile(r"((?:/es)?/my-request|/calendar|/admin/account/welcome)/[^\s\"?]+")


def hide_links(text: str) -> str:
    """Return the text with the keys of private links left out."""
    return PRIVATE_LINK.sub(r"\1/-", text)


class OneLine(logging.Formatter):
    """One line a record: time, level, logger, message; of an exception its type and where it arose."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, with line breaks escaped so that nobody can forge a second one."""
        when = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        text = f"{when} {record.levelname} {record.name}: {record.getMessage()}"
        if record.exc_info and record.exc_info[0]:
            text += f" [{record.exc_info[0].__qualname__} at {_place(record)}]"
        return hide_links(text.replace("\r", "\\r").replace("\n", "\\n"))


def _place(record: logging.LogRecord) -> str:
    frames = traceback.extract_tb(record.exc_info[2]) if record.exc_info else []
    return " < ".join(f"{frame.filename}:{frame.lineno}" for frame in reversed(frames[-3:]))
