"""The product's settings for a fault test.

Static files are named as they lie, so there is nothing to collect. The database is given longer for a lock, a
statement and a connection: while a request is held, the test has to find it and to break something, on a busy
machine too.
"""

from __future__ import annotations

from clinic_site.settings import *  # noqa: F403
from clinic_site.settings import DATABASES, STORAGES

STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
DATABASE_STATEMENT_TIMEOUT_MS = 10_000
DATABASES["default"]["OPTIONS"] |= {
    "connect_timeout": 5,
    "options": (
        f"-c statement_timeout={DATABASE_STATEMENT_TIMEOUT_MS} "
        "-c lock_timeout=8000 -c idle_in_transaction_session_timeout=60000"
    ),
}
