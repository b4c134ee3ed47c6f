"""The container's own health check."""

from __future__ import annotations

import runpy
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from tests.deploy.compose_file import ROOT

is_live: Callable[..., bool] = runpy.run_path(str(ROOT / "deploy/healthcheck.py"))["is_live"]


@contextmanager
def answering(status: int) -> Iterator[tuple[int, list[str]]]:
    """Serve on a free port; give the port and the host names asked for."""
    hosts: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # noqa: N802 (the library's name)
            hosts.append(self.headers["Host"])
            self.send_response(status if self.path == "/health/live" else 404)
            self.end_headers()

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_port, hosts
    finally:
        server.shutdown()
        server.server_close()


def test_live_under_the_sites_own_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SITE_URL", "https://clinic.example")
    with answering(200) as (port, hosts):
        assert is_live(port=port, seconds=300)
    assert hosts == ["clinic.example"]


def test_not_live_when_it_answers_an_error_or_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SITE_URL", "https://clinic.example")
    with answering(500) as (port, _hosts):
        assert not is_live(port=port, seconds=300)
    # Bound, so that nobody else is, and not listening.
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        assert not is_live(port=bound.getsockname()[1])
