"""The self-check over HTTP."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

ADDRESS = "/am-i-a-candidate/"
ALL_FIT = {
    "pain": "migraine",
    "age": "yes",
    "days": "15-or-more",
    "months": "yes",
    "hours": "yes",
    "medicine": "fewer",
    "tried": "yes",
    "health": "none",
}


def carried(html: str) -> dict[str, list[str]]:
    """Return the answers that a page carries along in hidden fields of its last form."""
    form = html.rpartition('<form class="questions"')[2] or html
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', form):
        found.setdefault(name, []).append(value)
    return found


@pytest.fixture
def send(client: Client, content: None) -> Callable[..., str]:
    """A function that posts answers, with changes to a set that all fit, and returns the page."""

    def post(**changes: Any) -> str:
        answers = {code: value for code, value in {**ALL_FIT, **changes}.items() if value is not None}
        response = client.post(ADDRESS, answers)
        assert response.status_code == 200
        return response.content.decode()

    return post
