"""A real SMTP server on this machine, which can be told to misbehave."""

from __future__ import annotations

import socket
import threading
import time
from email import message_from_bytes
from email.message import Message
from typing import Any

from aiosmtpd.controller import Controller

from tests.ports import free_port


class Behaviour:
    """What the server answers, and what it was given. `replies` maps a command to its answer."""

    def __init__(self) -> None:
        self.replies: dict[str, str] = {}
        self.drops_after_data = False
        self.received: list[Message] = []
        self.pause = 0.0

    async def handle_MAIL(  # noqa: N802 (the name that aiosmtpd calls)
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        envelope.mail_from = address
        return self.replies.get("MAIL", "250 OK")

    async def handle_RCPT(  # noqa: N802
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        reply = self.replies.get("RCPT", "250 OK")
        if reply.startswith("250"):
            envelope.rcpt_tos.append(address)
        return reply

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        if self.pause:
            time.sleep(self.pause)
        reply = self.replies.get("DATA", "250 OK")
        if reply.startswith("250"):
            self.received.append(message_from_bytes(envelope.content))
        if self.drops_after_data:
            server.transport.abort()
        return reply


def start(behaviour: Behaviour) -> Controller:
    """Start a server; the caller stops it."""
    controller = Controller(behaviour, hostname="127.0.0.1", port=free_port())
    controller.start()
    return controller


class Silent:
    """Takes connections and never says a word."""

    def __init__(self) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.connections: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                self.connections.append(self.socket.accept()[0])
            except OSError:
                return

    def close(self) -> None:
        """Stop listening."""
        self.socket.close()
        for connection in self.connections:
            connection.close()
