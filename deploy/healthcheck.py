"""Exit 0 when the web process of this container answers /health/live, else 1."""

from __future__ import annotations

import sys
from http.client import HTTPConnection, HTTPException
from os import environ
from urllib.parse import urlsplit


def is_live(
    host: str = "127.0.0.1", port: int = 8000, path: str = "/health/live", seconds: float = 2
) -> bool:
    """Ask under the site's own host name: Django refuses every other."""
    connection = HTTPConnection(host, port, timeout=seconds)
    try:
        connection.request("GET", path, headers={"Host": urlsplit(environ.get("SITE_URL", "")).netloc})
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(0 if is_live() else 1)
