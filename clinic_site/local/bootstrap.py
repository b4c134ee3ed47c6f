"""Makes .venv and starts what the Makefile asks for. Runs on any Python, to say so when it is too old.

Usage: python3 clinic_site/local/bootstrap.py (local|dev) MODULE [ARGUMENT...]
"""

import hashlib
import os
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
VENV = os.path.join(ROOT, ".venv")
OLDEST, NEWEST = (3, 11), (3, 14)


def main(lock_name, command):
    """Install what the lock file lists, unless it is there, and become the command."""
    check_python()
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
    ask = "import sys; print('%d.%d' % sys.version_info[:2])"
    try:
        version = subprocess.check_output([python, "-c", ask]).decode().strip()
    except (OSError, subprocess.CalledProcessError):
        version = ""
    if version == "%d.%d" % sys.version_info[:2]:
        return
    say("Making .venv ...")
    if subprocess.call([sys.executable, "-m", "venv", "--clear", VENV]):
        fail("The folder .venv cannot be made. Check that %s can be written, and retry." % ROOT)


def install(lock):
    """Install the locked packages, counting them aloud."""
    with open(lock) as lines:
        total = sum(1 for line in lines if line[:1].isalnum())
    say("Installing up to %d packages (a minute or two, the first time only) ..." % total)
    pip = [os.path.join(VENV, "bin", "python"), "-m", "pip", "install", "--no-input"]
    pip += ["--disable-pip-version-check", "--progress-bar", "off", "--require-hashes", "-r", lock]
    process = subprocess.Popen(pip, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, universal_newlines=True)
    done, last = 0, []
    for line in process.stdout:
        last = (last + [line])[-20:]
        if line.startswith("Collecting "):
            done += 1
            if done % 10 == 0:
                say("  %d packages ..." % done)
    if process.wait():
        fail("".join(last) + "The packages could not be installed. Check the network, and retry.")
    with open(stamp(lock), "w") as file:
        file.write(fingerprint(lock))


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
