"""A small HTTP client for load: keep-alive connections, each asking again as soon as it has the answer."""

from __future__ import annotations

import socket
import threading
import time
from dataclasses import dataclass, field
from urllib.parse import urlsplit

END = b"\r\n\r\n"


@dataclass
class Load:
    """What came back: seconds of each answer, and how many were not 200."""

    took: list[float] = field(default_factory=list)
    wrong: int = 0
    seconds: float = 0.0

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.took) / self.seconds

    def percentile(self, part: float) -> float:
        """Return the time, in milliseconds, within which this part of the answers came."""
        return 1_000 * sorted(self.took)[min(int(part * len(self.took)), len(self.took) - 1)]


def load(url: str, *, connections: int, seconds: float, headers: str = "") -> Load:
    """Ask for `url` from so many connections for so long."""
    found, parts = Load(), urlsplit(url)
    request = f"GET {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\n{headers}\r\n".encode()
    end = time.perf_counter() + seconds
    threads = [threading.Thread(target=_ask, args=(parts, request, end, found)) for _ in range(connections)]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found.seconds = time.perf_counter() - started
    return found


def _ask(parts, request: bytes, end: float, found: Load) -> None:  # type: ignore[no-untyped-def]
    with socket.create_connection((parts.hostname, parts.port), timeout=30) as connection:
        while (began := time.perf_counter()) < end:
            connection.sendall(request)
            status = _answer(connection)
            found.took.append(time.perf_counter() - began)
            found.wrong += status != b"200"


def _answer(connection: socket.socket) -> bytes:
    got = b""
    while END not in got:
        got += _more(connection)
    head, _, body = got.partition(END)
    length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
    missing = length - len(body)
    while missing > 0:
        missing -= len(_more(connection))
    return head.split(b" ", 2)[1]


def _more(connection: socket.socket) -> bytes:
    part = connection.recv(262_144)
    if not part:
        raise ConnectionError("the server closed the connection")
    return part
