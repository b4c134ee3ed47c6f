"""What `make run` starts, in which order, and with which environment."""

from __future__ import annotations

import os
import sys
import time
import urllib.request
from pathlib import Path

from clinic_site.local import keys
from clinic_site.local.postgres import APP, DATABASE, OWNER, Cluster
from clinic_site.local.processes import Interruption, Processes

HOST = "127.0.0.1"
# Far above what it takes: one that cannot start ends by itself, and that is seen at once.
READY_SECONDS = 300
ROOT = Path(__file__).resolve().parent.parent.parent


class Stop(Exception):
    """Cannot go on. str(error) is one sentence that says what to do."""


class Machine:
    """What runs here, and where it keeps its things."""

    def __init__(self, data: Path, port: int, interruption: Interruption | None = None) -> None:
        self.data, self.port = data, port
        self.interruption = interruption or Interruption()
        self.processes = Processes(data / "processes.json")
        self.secrets = keys.load_or_make(data / "keys.json")
        self.cluster = Cluster(data / "postgres", self.secrets["owner_password"])
        self.password_file = data / "demo-staff.txt"

    def prepare(self) -> dict[str, str]:
        """Start the database, bring it up to date, and return the environment of the web and worker.

        Raises Stop when that fails, and Interrupted.
        """
        environment = self.environment()
        owner = dict(environment)
        if self.embedded:
            owner |= self._start_database()
        say("Bringing the database and the content up to date ...")
        command = [sys.executable, "-m", "clinic_site.local.prepare", str(self.password_file)]
        if self.processes.run("prepare", command, owner, self.interruption):
            raise Stop("The database could not be brought up to date; the lines above say why.")
        return environment

    def serve(self, environment: dict[str, str]) -> None:
        """Start web and worker, say where the site is once it answers, and stay.

        Raises Stop when one of them ends by itself, and Interrupted.
        """
        logs = self.data / "logs"
        self.processes.start("web", self._gunicorn(), environment, logs / "web.log")
        # Not earlier: the worker would take processor time from what a person waits for.
        self._wait_until_ready()
        # It may not finish a long delivery: the outbox tries that one again.
        worker = [sys.executable, "manage.py", "worker", "--shutdown-graceful-timeout", "1"]
        self.processes.start("worker", worker, environment, logs / "worker.log")
        self._announce(environment)
        while not (dead := self.processes.first_dead()):
            self.interruption.pause(0.2)
        raise Stop(f"The {dead} process ended by itself. Its log is {logs / dead}.log; start again.")

    def stop(self) -> None:
        """End everything that was started, the database last."""
        self.processes.stop()
        if self.embedded:
            self.cluster.stop()

    @property
    def embedded(self) -> bool:
        """Whether the database is our own; demonstration content belongs to it alone."""
        return not os.environ.get("DATABASE_URL")

    def environment(self) -> dict[str, str]:
        """Return the variables of the web and worker; what the person who starts it sets wins."""
        mine = {
            **{name: self.secrets[name] for name in ("SECRET_KEY", "SEAL_KEYS", "SEARCH_KEY")},
            "SITE_URL": f"http://localhost:{self.port}",
            "MAIL_DIR": str(self.data / "mail"),
            "MAIL_FROM": "Appointments <appointments@clinic.example>",
            "STAFF_EMAIL": "front-desk@clinic.example",
            "STATIC_ROOT": str(self.data / "static"),
            "CLINIC_SNAPSHOT_PATH": str(self.data / "clinic-snapshot.json"),
            "DJANGO_SETTINGS_MODULE": "clinic_site.settings",
            "PYTHONUNBUFFERED": "1",
        }
        if self.embedded:
            mine |= {"DATABASE_URL": self.cluster.url(APP, self.secrets["app_password"]), "DEMO": "1"}
        return {**os.environ, **{name: os.environ.get(name) or value for name, value in mine.items()}}

    def _start_database(self) -> dict[str, str]:
        """Start the embedded database; return what its owner's process needs to change tables."""
        cluster, password = self.cluster, self.secrets["owner_password"]
        if not (cluster.data / "PG_VERSION").exists():
            say(f"Making a database under {cluster.data} ...")
        cluster.create()
        self.interruption.check()
        cluster.start()
        self.interruption.check()
        make_roles(cluster, self.secrets["app_password"])
        return {
            "DATABASE_URL": cluster.url(OWNER, password),
            "DATABASE_APP_ROLE": APP,
            "DATABASE_STATEMENT_TIMEOUT_MS": "0",
        }

    def _gunicorn(self) -> list[str]:
        return [
            sys.executable, "-m", "gunicorn", "clinic_site.wsgi", "--config", "deploy/gunicorn.conf.py",
            "--bind", f"{HOST}:{self.port}", "--threads", "4", "--graceful-timeout", "2",
            "--worker-tmp-dir", str(self.data),
        ]  # fmt: skip

    def _wait_until_ready(self) -> None:
        url = f"http://{HOST}:{self.port}/health/ready"
        deadline = time.monotonic() + READY_SECONDS
        while time.monotonic() < deadline and not self.processes.first_dead():
            try:
                with urllib.request.urlopen(url, timeout=2) as answer:  # noqa: S310 (our own address)
                    if answer.status == 200:
                        return
            except OSError:
                self.interruption.pause(0.1)
        raise Stop(f"The site did not come up. Its log is {self.data / 'logs' / 'web.log'}.")

    def _announce(self, environment: dict[str, str]) -> None:
        site = environment["SITE_URL"]
        say(f"\nSite     {site}/\nStaff    {site}/admin/")
        # A file of an earlier demonstration opens nothing on another database.
        if environment.get("DEMO") == "1" and self.password_file.exists():
            say(f"         {self.password_file.read_text().strip()}   (also in {self.password_file})")
        if not environment.get("EMAIL_URL"):
            say(f"Mail     {environment['MAIL_DIR']}/")
        say("Ctrl-C ends it.")


def make_roles(cluster: Cluster, app_password: str) -> None:
    """Make the database and the application's role, which owns nothing, unless they are there."""
    # Each by itself: a kill in between leaves one without the other.
    if APP not in cluster.execute("SELECT rolname FROM pg_roles").split():
        cluster.execute(f"CREATE ROLE {APP} LOGIN PASSWORD '{app_password}'")
    if DATABASE not in cluster.execute("SELECT datname FROM pg_database").split():
        cluster.execute(f"CREATE DATABASE {DATABASE}")


def say(text: str) -> None:
    """Print at once, also into a pipe."""
    print(text, flush=True)
