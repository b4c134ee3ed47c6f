"""Everything Django has to do before `make run` serves, in one process: a start costs a second each."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command

from clinic_site import catalogue


def main(password_file: str) -> None:
    """Compile the Spanish, migrate, load content, make the demo account if need be, collect static files."""
    catalogue.compile_all()
    django.setup()
    call_command("release", verbosity=0)
    if settings.DEMO:
        call_command("demo_staff", password_file=password_file, verbosity=0)
    collect_static()


def collect_static() -> None:
    """Collect and compress the static files, unless none has changed since the last start."""
    stamp = Path(settings.STATIC_ROOT).parent / "static.stamp"
    now = fingerprint()
    if stamp.exists() and stamp.read_text() == now:
        return
    # Half of them is what an end in between leaves: the stamp of before must not vouch for it.
    stamp.unlink(missing_ok=True)
    print("Collecting static files ...", flush=True)
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    stamp.write_text(now)


def fingerprint() -> str:
    """Return a hash over what the static files are made from: names, sizes, times, and the versions."""
    digest = hashlib.sha256(django.__version__.encode())
    for folder in settings.STATICFILES_DIRS:
        for path in sorted(Path(folder).rglob("*")):
            about = path.stat()
            digest.update(f"{path}:{about.st_size}:{about.st_mtime_ns};".encode())
    return digest.hexdigest()


if __name__ == "__main__":
    main(sys.argv[1])
