"""Which pages are audited: those of tests/addresses.py, and the steps of a request that need a draft."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import urllib.error
import urllib.request
from http.cookiejar import CookieJar
from urllib.parse import urlencode

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
ASK = "import json; from tests import addresses; print(json.dumps(addresses.{}()))"


def addresses(which: str) -> list[str]:
    """Return what a function of tests/addresses.py returns; asked in a process of its own, with settings."""
    manage = [sys.executable, "manage.py", "shell", "--verbosity", "0", "--command", ASK.format(which)]
    command = [sys.executable, "-m", "clinic_site.local.throwaway", *manage]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: list[str] = json.loads(done.stdout.splitlines()[-1])
    return found


def first_steps(site: str) -> dict[str, str]:
    """Return the pages of the request that need a draft: the first step, and the same with its errors."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def post(path: str, html: str) -> str:
        token = TOKEN.search(html)
        data = urlencode({"csrfmiddlewaretoken": token[1] if token else ""}).encode()
        try:
            with browser.open(site + path, data) as answer:
                return str(answer.read().decode())
        except urllib.error.HTTPError as error:
            return error.read().decode()

    with browser.open(f"{site}/consultation/") as answer:
        start = answer.read().decode()
    step = post("/consultation/", start)
    return {
        "/consultation/reason/": step,
        "/consultation/reason/ (errors)": post("/consultation/reason/", step),
    }


def read(url: str) -> str:
    """Return the body, also of an error page."""
    try:
        with urllib.request.urlopen(url, timeout=20) as answer:
            return str(answer.read().decode())
    except urllib.error.HTTPError as error:
        return error.read().decode()
