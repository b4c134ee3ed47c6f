"""Makes .venv and starts what the Makefile asks for. Runs on any Python, to say so when it is too old.

Usage: python3 clinic_site/local/bootstrap.py (local|dev) MODULE [ARGUMENT...]
"""

import contextlib
import hashlib
import os
import signal
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
VENV = os.path.join(ROOT, ".venv")
OLDEST, NEWEST = (3, 11), (3, 14)


def main(lock_name, command):
    """Install what the lock file lists, unless it is there, and become the command."""
    check_python()
    # Ctrl-C ends this like TERM, without a traceback.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    lock = os.path.join(ROOT, "requirements-%s.txt" % lock_name)
    if not (installed(lock) or installed(os.path.join(ROOT, "requirements-dev.txt"))):
        make_venv()
        install(lock)
    os.chdir(ROOT)
    python = os.path.join(VENV, "bin", "python")
    os.execv(python, [python, "-m"] + command)


def check_python():
    """Refuse a Python that cannot run the site, with the way out."""
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        found = "%d.%d" % sys.version_info[:2]
        fail(
            "Python 3.11 to 3.14 is needed, and this is %s. Name another one: make PYTHON=python3.12 ..."
            % found
        )
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        fail("Python's venv module is missing. Install it (Debian: apt install python3-venv), and retry.")


def make_venv():
    """Make .venv with this Python, or keep the one that is there and works."""
    python = os.path.join(VENV, "bin", "python")
    # pip comes last: one whose making was cut off has none.
    try:
        version = subprocess.check_output([python, "-m", "pip", "--version"], stderr=subprocess.DEVNULL)
    except (OSError, subprocess.CalledProcessError):
        version = b""
    if version.decode().strip().endswith("(python %d.%d)" % sys.version_info[:2]):
        return
    say("Making .venv ...")
    if run([sys.executable, "-m", "venv", "--clear", VENV], lambda line: say(line.rstrip())):
        fail("The folder .venv cannot be made. Check that %s can be written, and retry." % ROOT)


def install(lock):
    """Install the locked packages, counting them aloud."""
    with open(lock) as lines:
        total = sum(1 for line in lines if line[:1].isalnum())
    say("Installing up to %d packages (a minute or two, the first time only) ..." % total)
    pip = [os.path.join(VENV, "bin", "python"), "-m", "pip", "install", "--no-input"]
    pip += ["--disable-pip-version-check", "--progress-bar", "off", "--require-hashes", "-r", lock]
    said, collected = [], []

    def hear(line):
        said.append(line)
        if line.startswith("Collecting "):
            collected.append(line)
            if len(collected) % 10 == 0:
                say("  %d packages ..." % len(collected))

    if run(pip, hear):
        fail("".join(said[-20:]) + "The packages could not be installed. Check the network, and retry.")
    with open(stamp(lock), "w") as file:
        file.write(fingerprint(lock))


def run(command, hear):
    """Run a program, hand each line that it prints to `hear`, and return its exit code.

    Ctrl-C, TERM or a closed terminal ends the program with all that it started, and then this.
    """
    # Notes, never exceptions: one could come between the start of the program and the line that knows it.
    asked, started = [], []

    def end(number, _frame):
        asked.append(number)
        kill()

    def kill():
        for process in started:
            # It may just have ended.
            with contextlib.suppress(OSError):
                os.killpg(process.pid, signal.SIGKILL)

    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = [signal.signal(number, end) for number in numbers]
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        universal_newlines=True,
        start_new_session=True,
    )
    started.append(process)
    if asked:
        kill()
    for line in process.stdout:
        hear(line)
    code = process.wait()
    del started[:]
    if asked:
        # One more on the way must not turn the end into a traceback.
        for number in numbers:
            signal.signal(number, signal.SIG_IGN)
        sys.exit(128 + asked[0])
    for number, handler in zip(numbers, before):  # noqa: B905 (an old Python knows no strict)
        signal.signal(number, handler)
    return code


def installed(lock):
    """Tell whether exactly this lock file was installed into .venv."""
    try:
        with open(stamp(lock)) as file:
            return file.read() == fingerprint(lock)
    except OSError:
        return False


def stamp(lock):
    """Name the file that remembers what was installed."""
    return os.path.join(VENV, "installed-" + os.path.basename(lock))


def fingerprint(lock):
    """Return the hash of a lock file."""
    with open(lock, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def say(text):
    """Print at once, also into a pipe."""
    print(text, flush=True)


def fail(sentence):
    """Say what to do, and stop."""
    sys.stderr.write(sentence + "\n")
    sys.exit(1)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
