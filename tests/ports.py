"""Ports for servers that must be told their number before they listen."""

from __future__ import annotations

import secrets
import socket

# Below what systems hand out by themselves (from 32768 on Linux, 49152 elsewhere): nobody else is given one
# before the server has it. Two processes of the suite hardly draw the same.
DRAWN = range(20_000, 32_000)


def free_port() -> int:
    """Return a port that nobody listens on."""
    while True:
        port = secrets.choice(DRAWN)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        return port
