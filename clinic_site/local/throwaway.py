"""A throw-away environment for tests and checks: complete, safe, and worth nothing.

`python -m clinic_site.local.throwaway COMMAND...` runs a command in a production-like one.
"""

from __future__ import annotations

import base64
import os
import sys
import tempfile

NOWHERE = "postgres://nobody:nothing@127.0.0.1:1/nothing"


def environment(database_url: str = NOWHERE, site_url: str = "https://clinic.example") -> dict[str, str]:
    """Return every variable that settings.py requires."""
    return {
        "SITE_URL": site_url,
        "SECRET_KEY": base64.b64encode(os.urandom(48)).decode(),
        "SEAL_KEYS": f"test:{base64.b64encode(os.urandom(32)).decode()}",
        "SEARCH_KEY": base64.b64encode(os.urandom(32)).decode(),
        "DATABASE_URL": database_url,
        "MAIL_DIR": tempfile.gettempdir(),
        "MAIL_FROM": "Appointments <appointments@clinic.example>",
        "STAFF_EMAIL": "front-desk@clinic.example",
    }


if __name__ == "__main__":
    os.environ.update(environment())
    os.environ["DJANGO_SETTINGS_MODULE"] = "clinic_site.settings"
    os.execvp(sys.argv[1], sys.argv[1:])  # noqa: S606
