"""Sending what is due in the outbox."""

from __future__ import annotations


def deliver_due() -> None:
    """Send every message that is due."""
