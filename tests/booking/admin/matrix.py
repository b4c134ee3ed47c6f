"""The matrix of matrix.txt: who gets what at which staff address, by which method."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from booking.rules.roles import Role

FILE = Path(__file__).with_name("matrix.txt")
STAFF_PATH = "admin/"
METHODS = ("GET", "POST")
# The columns of the file, and the roles of the account in each.
COLUMNS: dict[str, tuple[Role, ...] | None] = {
    "anonymous": None,
    "no role": (),
    "reception": (Role.RECEPTION,),
    "nurse": (Role.NURSE,),
    "clinician, own": (Role.CLINICIAN,),
    "clinician, another's": (Role.CLINICIAN,),
    "editor": (Role.EDITOR,),
    "manager": (Role.MANAGER,),
    "superuser": (),
}
Outcomes = dict[str, dict[str, str]]


def expected() -> Outcomes:
    """Return what the file says: address to method to one letter for each column."""
    rows: Outcomes = {}
    for line in FILE.read_text().splitlines():
        if line.strip() and not line.startswith("#"):
            address, *outcomes = re.split(r"  +", line.strip())
            rows[address] = dict(
                zip(METHODS, (outcome.replace(" ", "") for outcome in outcomes), strict=True)
            )
    return rows


def addresses() -> list[str]:
    """Return every staff address of the URL resolver, below /admin/."""
    walked = _walk(get_resolver().url_patterns)
    return sorted({path.removeprefix(STAFF_PATH) or "/" for path in walked if path.startswith(STAFF_PATH)})


def _walk(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    for pattern in patterns:
        path = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, path)
        elif labels := re.search(r"\^\(\?P<app_label>([\w|]+)\)/\$$", path):
            yield from (f"{STAFF_PATH}{label}/" for label in labels[1].split("|"))
        else:
            yield path.replace("(?P<url>.*)$", "<anything else>")


def outcome(client: Client, method: str, address: str) -> str:
    """Return the letter for what a request leads to."""
    answer = client.generic(method, address)
    if answer.status_code in (301, 302) and re.match(r"/admin/(login|account/sign-in)/", answer.url):
        return "s"
    if answer.status_code == 403:
        assert "You cannot open this page" in answer.text, address
        return "n"
    known = {401: "s", 404: "-", 410: "-", 405: "m"}
    return known.get(answer.status_code, "Y" if answer.status_code < 500 else "!")
