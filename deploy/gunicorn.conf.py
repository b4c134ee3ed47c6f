"""gunicorn behind nginx. Never face the internet with it: a few slow sockets can hold all its threads."""

from __future__ import annotations

import os
from typing import Any
from urllib.parse import quote

from gunicorn.glogging import Logger

from clinic_site.logs import OneLine, hide_links


class QuietLogger(Logger):
    """Log lines without query strings, private links, addresses of people, or an exception's words."""

    def setup(self, cfg: Any) -> None:
        """Give gunicorn's own lines the format of all others."""
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(OneLine())

    def atoms(self, resp: Any, req: Any, environ: dict[str, Any], request_time: Any) -> dict[str, Any]:
        """Quote the path, so that a line break in it cannot forge a line, and hide the key of a link."""
        found: dict[str, Any] = super().atoms(resp, req, environ, request_time)
        found["U"] = hide_links(quote(environ.get("PATH_INFO", "")))
        return found

    def exception(self, msg: str, *args: Any, **kwargs: Any) -> None:
        """Cut the query string off an address that gunicorn names."""
        super().exception(msg, *(str(arg).partition("?")[0] for arg in args), **kwargs)


bind = "0.0.0.0:8000"  # noqa: S104 (inside the container's private network)
worker_class = "gthread"
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = int(os.environ.get("WEB_THREADS", "8"))
# Does not end a stuck request (gthread); PostgreSQL's statement_timeout does.
timeout = 30
graceful_timeout = 25
keepalive = 5
# Heartbeat files on a memory file system: the root file system is read-only, and a disk may stall.
worker_tmp_dir = "/dev/shm"  # noqa: S108
control_socket_disable = True
# gunicorn trusts no forwarding header; Django reads X-Forwarded-Proto, which nginx overwrites.
forwarded_allow_ips = "127.0.0.1"
logger_class = QuietLogger
accesslog = "-"
access_log_format = "%(t)s %(m)s %(U)s %(s)s %(M)sms"
