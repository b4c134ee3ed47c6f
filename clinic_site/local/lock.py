"""`make lock`: renew the lock files, with hashes, for every system and Python, naming no host."""

from __future__ import annotations

import subprocess
import sys

LOCKS = {
    "requirements.txt": [],
    "requirements-local.txt": ["--extra", "local"],
    "requirements-dev.txt": ["--extra", "local", "--extra", "dev"],
}
COMPILE = [
    sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--upgrade", "--universal", "--generate-hashes",
    "--no-emit-index-url", "--no-header", "--python-version", "3.11", "pyproject.toml",
]  # fmt: skip

if __name__ == "__main__":
    for name, extras in LOCKS.items():
        subprocess.run([*COMPILE, *extras, "--output-file", name], check=True)
